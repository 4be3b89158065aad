package dev.keyway.conformance.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The real program as a child process of this JVM; its output goes to a file and it dies with us.
 *
 * <p>It runs the jars as packaged, with a cache for quick starts that was trained from them.
 */
public final class Program implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(15);
  private static final List<String> FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xmx512m");

  private final Process process;
  private final Path output;

  private Program(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** The project's root: the nearest folder upwards that holds the program's module. */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("app/pom.xml"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new AssertionError("run the conformance suites from inside the project's folder");
    }
    return folder;
  }

  /** Starts {@code keyway ARGUMENTS} with its output in the folder's {@code keyway.log}. */
  public static Program start(Path folder, Map<String, String> environment, String... arguments) {
    return startUnder(List.of(), folder, environment, arguments);
  }

  /**
   * The same under a program that takes a command as its last arguments, such as {@code setpriv}.
   */
  public static Program startUnder(
      List<String> wrapper, Path folder, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(commandLine(arguments));
    return start(command, folder, environment);
  }

  private static Program start(List<String> command, Path folder, Map<String, String> environment) {
    Path output = folder.resolve("keyway.log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    try {
      Program program = new Program(builder.start(), output);
      Runtime.getRuntime().addShutdownHook(new Thread(program::close, "stop-keyway"));
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs {@code keyway ARGUMENTS} to its end and answers the exit status. */
  public static int run(Path folder, String... arguments) {
    try (Program program = start(folder, Map.of(), arguments)) {
      return program.exitStatus();
    }
  }

  /**
   * The same with classes that take the place of the program's own, as a broken build would have
   * them.
   */
  public static Program startPatched(
      Path classes, Path folder, Map<String, String> environment, String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    String path = classes + File.pathSeparator + root().resolve("app/target/keyway.jar");
    command.addAll(List.of("-cp", path, "dev.keyway.app.Main"));
    command.addAll(List.of(arguments));
    return start(command, folder, environment);
  }

  /** The command line of {@code keyway ARGUMENTS}, for other programs that start it. */
  public static List<String> commandLine(String... arguments) {
    return command(List.of(), arguments);
  }

  /** The command line of {@code keyway ARGUMENTS} with further options of the Java machine. */
  static List<String> command(List<String> options, String... arguments) {
    List<String> all = new ArrayList<>(TrainedCache.options());
    all.addAll(options);
    return plain(all, arguments);
  }

  /** The same without the cache for quick starts. */
  static List<String> plain(List<String> options, String... arguments) {
    Path jar = root().resolve("app/target/keyway.jar");
    if (!Files.exists(jar)) {
      throw new AssertionError(
          jar
              + " is missing: build the program first (`mvn verify` from the root does, or ./keyway)");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(options);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /**
   * Waits until the condition holds; fails with the program's output when it ends or takes too
   * long.
   */
  public void await(String what, BooleanSupplier condition) {
    Instant deadline = Instant.now().plus(START_LIMIT);
    try {
      while (!condition.getAsBoolean()) {
        if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
          throw new AssertionError(
              "the program ended (" + process.exitValue() + ") before " + what + ":\n" + output());
        }
        if (Instant.now().isAfter(deadline)) {
          throw new AssertionError("no " + what + " within " + START_LIMIT + ":\n" + output());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until the control listener answers. */
  public void awaitControl(URI control) {
    await("an answer of " + control, () -> answers(control.resolve("/openapi.json")));
  }

  private static boolean answers(URI address) {
    try {
      return Http.send(HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build())
              .status()
          == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /**
   * SIGKILL, as a power cut would look to the files it leaves; returns when the process is gone.
   */
  public void kill() {
    process.destroyForcibly();
    var _ = exitStatus();
  }

  /** Waits for the program to end by itself and answers its exit status. */
  public int exitStatus() {
    try {
      if (!process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the program did not end:\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Everything the program printed so far, standard output and error in one. */
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGTERM, and no waiting. */
  public void terminate() {
    process.destroy();
  }

  /** True when the process ends by itself within the time. */
  public boolean ends(Duration within) {
    try {
      return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** SIGTERM, and SIGKILL to this process when it has not drained in time. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(DRAIN_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
