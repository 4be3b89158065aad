package dev.keyway.bench;

import java.io.PrintStream;
import java.time.Duration;

/** Lines on standard error that say what a benchmark does and how far it is. */
public final class Progress {
  private final PrintStream out;
  private final long startNanos = System.nanoTime();

  public Progress(PrintStream out) {
    this.out = out;
  }

  public synchronized void say(String text) {
    out.printf("bench: [%4d s] %s%n", elapsed().toSeconds(), text);
  }

  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }
}
