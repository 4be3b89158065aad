package dev.keyway.bench.keyway;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.measure.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The project's folder, in which the program is built and the results are kept. */
public record Project(Path root) {
  /** Finds the folder with the launcher above a file. */
  public static Project around(Path file) {
    for (Path folder = file.toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve("keyway"))
          && Files.isDirectory(folder.resolve("app"))) {
        return new Project(folder);
      }
    }
    throw new BenchException("the project's folder is not above " + file);
  }

  public Path keywayJar() {
    Path jar = root.resolve("app/target/keyway.jar");
    if (!Files.isRegularFile(jar)) {
      throw new BenchException("the program is not built; ./keyway bench builds it");
    }
    return jar;
  }

  public Path results() {
    return root.resolve("bench/results");
  }

  /** Where recorded charts are. */
  public Path charts() {
    return root.resolve("bench/charts");
  }

  public Path readme() {
    return root.resolve("bench/README.md");
  }

  /** The commit, and whether files differ from it. */
  public String commit() {
    String commit = git("rev-parse", "--short=10", "HEAD");
    if (!commit.matches("[0-9a-f]{10,}")) {
      return "unknown";
    }
    return git("status", "--porcelain").isEmpty() ? commit : commit + " with changes";
  }

  /**
   * The version of a library that the program and the benchmarks share.
   *
   * @throws BenchException if they do not, because then the reference would be another program
   */
  public String sharedVersion(String library) {
    String program = version("app/target/lib", library);
    String own = version("bench/target/lib", library);
    if (!program.equals(own)) {
      throw new BenchException(
          "%s is %s in the program and %s in the benchmarks".formatted(library, program, own));
    }
    return program;
  }

  private String version(String folder, String library) {
    String start = library + "-";
    try (var files = Files.list(root.resolve(folder))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.matches(Pattern.quote(start) + "[0-9].*\\.jar"))
          .map(name -> name.substring(start.length(), name.length() - ".jar".length()))
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      throw new BenchException("cannot list " + folder + ": " + e.getMessage(), e);
    }
  }

  private String git(String... arguments) {
    var command = new ArrayList<>(List.of("git", "-C", root.toString()));
    command.addAll(List.of(arguments));
    return Shell.output(command).strip();
  }
}
