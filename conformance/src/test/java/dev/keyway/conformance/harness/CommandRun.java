package dev.keyway.conformance.harness;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command of the program, run to its end.
 *
 * @param status its exit status
 * @param out what it printed to standard output
 * @param err what it printed to standard error
 */
public record CommandRun(int status, String out, String err) {
  private static final int LIMIT_SECONDS = 180;

  /** As the launcher starts what ends after a moment. */
  private static final List<String> SHORT = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** Runs {@code keyway ARGUMENTS}. */
  public static CommandRun of(Map<String, String> environment, String... arguments) {
    return of(environment, List.of(), arguments);
  }

  /** Runs {@code keyway ARGUMENTS} with further options of the Java machine. */
  public static CommandRun of(
      Map<String, String> environment, List<String> options, String... arguments) {
    return of(environment, options, "", arguments);
  }

  /** The same with something to read on its standard input. */
  public static CommandRun fed(
      String input, Map<String, String> environment, List<String> options, String... arguments) {
    return of(environment, options, input, arguments);
  }

  private static CommandRun of(
      Map<String, String> environment, List<String> options, String input, String... arguments) {
    try {
      File out = File.createTempFile("keyway", ".out");
      File err = File.createTempFile("keyway", ".err");
      var all = new ArrayList<>(SHORT);
      all.addAll(options);
      var builder = new ProcessBuilder(Program.command(all, arguments));
      builder.environment().putAll(environment);
      Process process = builder.redirectOutput(out).redirectError(err).start();
      feed(process, input);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(arguments[0] + " did not end: " + read(err));
      }
      return new CommandRun(process.exitValue(), read(out), read(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void feed(Process process, String input) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It has ended without reading, as most commands do.
    }
  }

  private static String read(File file) throws IOException {
    String text = Files.readString(Path.of(file.getPath()));
    Files.delete(file.toPath());
    return text;
  }
}
