package dev.keyway.bench.measure;

import dev.keyway.bench.BenchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Short commands whose output is wanted. */
public final class Shell {
  private Shell() {}

  /**
   * Standard output and standard error of a command, whatever its exit status; {@code wrk -v} ends
   * with 1.
   *
   * @throws BenchException if it cannot be started
   */
  public static String output(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return text;
    } catch (IOException e) {
      throw new BenchException("cannot run " + command.getFirst() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }
}
