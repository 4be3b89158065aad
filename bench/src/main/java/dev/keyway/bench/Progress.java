package dev.keyway.bench;

import java.io.PrintStream;
import java.time.Duration;

/**
 * Says on standard error what a benchmark does and how far it is: lines, and in a terminal a bar
 * below them.
 */
public final class Progress {
  private static final int BAR = 30;

  private final PrintStream out;
  private final Style style;
  private final long startNanos = System.nanoTime();
  private int expected;
  private int done;

  /** How progress is shown. */
  public enum Style {
    /** A line for each step, for a file. */
    PLAIN,
    /** Lines that scroll above a bar. */
    TERMINAL
  }

  public Progress(PrintStream out, Style style) {
    this.out = out;
    this.style = style;
  }

  /** Progress as fits where standard error goes; the launcher knows. */
  public static Progress onStandardError() {
    boolean terminal = "yes".equals(System.getenv("KEYWAY_BENCH_TERMINAL"));
    return new Progress(System.err, terminal ? Style.TERMINAL : Style.PLAIN);
  }

  /** Says how many steps there will be in all, once; later calls count for nothing. */
  public synchronized void expect(int steps) {
    if (expected == 0) {
      expected = steps;
    }
  }

  public synchronized void say(String text) {
    print(text, "");
  }

  /** Says that one of the steps expected is done. */
  public synchronized void step(String text) {
    done++;
    print(text, "%d/%d ".formatted(done, expected));
  }

  private void print(String text, String count) {
    boolean terminal = style == Style.TERMINAL;
    // The line takes the place of the bar, which is drawn anew below it.
    String clear = terminal ? "\r\u001b[K" : "";
    out.printf(
        "%sbench: [%4d s] %s%s%n", clear, elapsed().toSeconds(), terminal ? "" : count, text);
    if (terminal && expected > 0) {
      out.print(bar());
      out.flush();
    }
  }

  /** For example {@code [######------] 14/56, about 120 s more}. */
  String bar() {
    int full = Math.min(BAR, BAR * done / expected);
    long left = done == 0 ? 0 : elapsed().toSeconds() * (expected - done) / done;
    String more = done == 0 || done >= expected ? "" : ", about %d s more".formatted(left);
    return "[%s%s] %d/%d%s"
        .formatted("#".repeat(full), "-".repeat(BAR - full), done, expected, more);
  }

  /** Leaves the bar's line. */
  public synchronized void end() {
    if (style == Style.TERMINAL && expected > 0) {
      out.println();
    }
  }

  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }
}
