package dev.keyway.app;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A copy of the launcher in a project of its own, with fake JDKs, a fake Maven and a PATH that
 * holds nothing else but the ordinary tools. Its paths contain blanks on purpose.
 */
final class LauncherSandbox {
  private static final List<String> TOOLS =
      List.of(
          "awk",
          "bash",
          "cat",
          "cksum",
          "env",
          "find",
          "flock",
          "grep",
          "id",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sort",
          "tail",
          "tee");

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<Long, Path> outputs = new HashMap<>();

  LauncherSandbox(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(bin());
    for (String tool : TOOLS) {
      linkTool(tool);
    }
    write(project().resolve("pom.xml"), "<project/>");
    write(project().resolve("app/pom.xml"), "<project/>");
    write(source(), "class Main {}");
    copyLauncher();
    environment.put("PATH", bin().toString());
    environment.put("KEYWAY_SKIP_TRAINING", "1");
    environment.put("HOME", folder.resolve("home").toString());
    environment.put("KEYWAY_JDK_FOLDERS", jdks().toString());
  }

  private void copyLauncher() throws IOException {
    Path origin = Path.of("..");
    Path parts = Files.createDirectories(project().resolve("launcher"));
    Files.copy(origin.resolve("keyway"), project().resolve("keyway"), COPY_ATTRIBUTES);
    try (DirectoryStream<Path> scripts =
        Files.newDirectoryStream(origin.resolve("launcher"), "*.sh")) {
      for (Path script : scripts) {
        Files.copy(script, parts.resolve(script.getFileName()));
      }
    }
  }

  Path folder() {
    return folder;
  }

  Path project() {
    return folder.resolve("the project");
  }

  Path source() {
    return project().resolve("app/src/main/java/Main.java");
  }

  /** The file that a fake Maven appends a line to each time it is run. */
  Path mavenRuns() {
    return folder.resolve("maven runs");
  }

  Path jdks() {
    return folder.resolve("jdk folder");
  }

  private Path bin() {
    return folder.resolve("bin");
  }

  void set(String variable, String value) {
    environment.put(variable, value);
  }

  /**
   * Makes a JDK whose {@code java} tells its process id, its folder and its arguments, and exits
   * with 7.
   */
  Path jdk(Path home, String version) throws IOException {
    write(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
    writeScript(home.resolve("bin/javac"), "exit 1");
    writeScript(
        home.resolve("bin/java"),
        """
        echo "pid $$"
        echo "cwd $PWD"
        for argument in "$@"; do echo "argument $argument"; done
        exit 7
        """);
    return home;
  }

  /** Makes such a JDK that writes a cache when it is told to, and then exits with 0. */
  Path trainableJdk(Path home, String version) throws IOException {
    jdk(home, version);
    Path java = home.resolve("bin/java");
    writeScript(
        java,
        """
        for argument in "$@"; do
          case $argument in
            -XX:AOTCacheOutput=*) echo cache >"${argument#*=}"; exit 0 ;;
          esac
        done
        """
            + Files.readString(java));
    return home;
  }

  /**
   * Puts the {@code java} and {@code javac} of a JDK on the PATH, as distributions do: through
   * links.
   */
  void makeDefault(Path home) throws IOException {
    for (String tool : List.of("java", "javac")) {
      Path alternative = folder.resolve("alternatives-" + tool);
      Files.createSymbolicLink(alternative, home.resolve("bin").resolve(tool));
      Files.createSymbolicLink(
          bin().resolve(tool), Path.of("..", alternative.getFileName().toString()));
    }
  }

  /** Makes a Maven that records its run, then does what the script says in the project's folder. */
  void maven(String script) throws IOException {
    writeScript(bin().resolve("mvn"), "echo \"$*\" >>'" + mavenRuns() + "'\n" + script);
  }

  /**
   * Makes a portal, a Node of that version, a browser, and an npm that does what the script says in
   * the portal's folder.
   */
  void portal(String nodeVersion, String npm) throws IOException {
    write(project().resolve("portal/package.json"), "{}");
    writeScript(bin().resolve("node"), "echo " + nodeVersion);
    writeScript(bin().resolve("npm"), npm);
    writeScript(bin().resolve("chromium"), "exit 1");
  }

  /** How often Maven was run. */
  int builds() throws IOException {
    return Files.exists(mavenRuns()) ? Files.readAllLines(mavenRuns()).size() : 0;
  }

  /** Runs the launcher to its end in a folder that is not the project's. */
  Run run(String... arguments) throws IOException, InterruptedException {
    return finish(start(arguments));
  }

  /** Starts the launcher; its output and errors go to files. */
  Process start(String... arguments) throws IOException {
    return start(project().resolve("keyway"), arguments);
  }

  Process start(Path launcher, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(folder, "run", ".out");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(Files.createDirectories(folder.resolve("some where")).toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectOutput(output.toFile());
    builder.redirectError(Path.of(output + ".err").toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    outputs.put(process.pid(), output);
    return process;
  }

  /** What a started launcher has said on its error stream so far. */
  String errors(Process process) throws IOException {
    return Files.readString(Path.of(outputs.get(process.pid()) + ".err"));
  }

  Run finish(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the launcher did not end: " + errors(process));
    }
    Path output = outputs.get(process.pid());
    return new Run(
        process.pid(),
        process.exitValue(),
        Files.readAllLines(output),
        errors(process).lines().toList());
  }

  /** Waits for a condition while a launcher runs. */
  static void await(Condition condition, Process launcher) throws IOException {
    while (!condition.holds()) {
      if (!launcher.isAlive()) {
        throw new AssertionError("the launcher has ended");
      }
      Thread.onSpinWait();
    }
  }

  static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void writeScript(Path file, String text) throws IOException {
    write(file, "#!/usr/bin/env bash\n" + text + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }

  private void linkTool(String name) throws IOException {
    for (String place : List.of("/usr/bin", "/bin")) {
      Path tool = Path.of(place, name);
      if (Files.isExecutable(tool)) {
        Files.createSymbolicLink(bin().resolve(name), tool);
        return;
      }
    }
  }

  /** What may be looked for in files. */
  interface Condition {
    boolean holds() throws IOException;
  }

  /** How a launcher ended and what it said. */
  record Run(long pid, int status, List<String> output, List<String> errors) {}
}
