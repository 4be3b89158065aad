package dev.keyway.bench.keyway;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.server.JavaServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The programs of the module {@code bench/inside}, which run apart from the benchmarks' own. */
public final class Inside {
  private static final String PACKAGE = "dev.keyway.bench.inside.";

  private final Path target;

  public Inside(Project project) {
    this.target = project.root().resolve("bench/inside/target");
    if (!Files.isRegularFile(target.resolve("keyway-bench-inside.jar"))) {
      throw new BenchException("bench/inside is not built; ./keyway bench builds it");
    }
  }

  /** A library beside the programs, by the beginning of its name. */
  public Path library(String start) {
    try (var files = Files.list(target.resolve("lib"))) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith(start))
          .findFirst()
          .orElseThrow(() -> new BenchException("no library " + start + " in bench/inside"));
    } catch (IOException e) {
      throw new BenchException("cannot list bench/inside: " + e.getMessage(), e);
    }
  }

  /**
   * Runs a program and answers its last line.
   *
   * @param told each line that it prints
   * @throws BenchException with its output if it fails
   */
  public String run(String program, Consumer<String> told, List<String> arguments) {
    return run(List.of(), PACKAGE + program, told, arguments);
  }

  /** Runs JMH with further options of the Java machine. */
  public void jmh(List<String> javaOptions, Consumer<String> told, List<String> arguments) {
    run(javaOptions, "org.openjdk.jmh.Main", told, arguments);
  }

  private String run(
      List<String> javaOptions, String main, Consumer<String> told, List<String> arguments) {
    String classPath = target.resolve("keyway-bench-inside.jar") + ":" + target.resolve("lib/*");
    var command = new ArrayList<>(JavaServers.command(classPath, main, arguments));
    command.addAll(1, javaOptions);
    var lines = new ArrayList<String>();
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      try (var out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
          lines.add(line);
          told.accept(line);
        }
      }
      if (process.waitFor() != 0) {
        throw new BenchException(main + " failed:\n" + String.join("\n", lines));
      }
    } catch (IOException e) {
      throw new BenchException("cannot run " + main + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
    return lines.isEmpty() ? "" : lines.getLast();
  }
}
