package dev.keyway.bench.server;

import dev.keyway.bench.BenchException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, stopped when closed and when the benchmark is stopped. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

  private final String name;
  private final Process process;
  private final Path log;
  private final Thread atExit;

  private ServerProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.atExit = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Starts a server.
   *
   * @param log the file that gets all its output
   */
  public static ServerProcess start(String name, List<String> command, Path log) {
    return start(name, command, log, Map.of());
  }

  /** Starts a server with further variables in its environment. */
  public static ServerProcess start(
      String name, List<String> command, Path log, Map<String, String> environment) {
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(environment);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      return new ServerProcess(name, builder.start(), log);
    } catch (IOException e) {
      throw new BenchException("cannot start " + name + ": " + e.getMessage(), e);
    }
  }

  /** A port of the loopback interface that nothing listens on now. */
  public static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new BenchException("no free port: " + e.getMessage(), e);
    }
  }

  public long pid() {
    return process.pid();
  }

  /**
   * Waits until the server accepts connections.
   *
   * @throws BenchException with the end of its log if it ends or does not listen within a minute
   */
  public void awaitPort(int port) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!accepts(port)) {
      if (hasEndedWithin(Duration.ofMillis(50))) {
        throw new BenchException(name + " ended at its start:\n" + endOfLog());
      }
      if (System.nanoTime() > deadline) {
        throw new BenchException(name + " does not listen on port " + port + ":\n" + endOfLog());
      }
    }
  }

  /** Fails with the end of its log once the server has ended. */
  public void requireRunning() {
    if (!process.isAlive()) {
      throw new BenchException(name + " ended at its start:\n" + endOfLog());
    }
  }

  @Override
  public void close() {
    process.destroy();
    if (!hasEndedWithin(STOP_PATIENCE)) {
      process.destroyForcibly();
      hasEndedWithin(STOP_PATIENCE);
    }
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private static boolean accepts(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private boolean hasEndedWithin(Duration time) {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  private String endOfLog() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException e) {
      return "its log cannot be read: " + e.getMessage();
    }
  }
}
