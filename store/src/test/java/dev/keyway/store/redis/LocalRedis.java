package dev.keyway.store.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A Redis server of this machine's own package, for tests: on loopback, and without a disk. */
final class LocalRedis implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final int port = freePort();
  private final List<String> settings;
  private Process process;

  LocalRedis(String... settings) {
    this.settings = List.of(settings);
    this.process = start();
  }

  RedisSettings settings() {
    return new RedisSettings(URI.create("redis://127.0.0.1:" + port), "", "", null);
  }

  int port() {
    return port;
  }

  /** Ends it at once, and with it all it knew. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  void restart() {
    kill();
    process = start();
  }

  /** Sends a command without arguments that need quoting, and answers the first line. */
  String command(String text) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      socket.setSoTimeout(2_000);
      socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
      var line = new StringBuilder();
      for (int c = socket.getInputStream().read(); c > '\r'; c = socket.getInputStream().read()) {
        line.append((char) c);
      }
      return line.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }

  private Process start() {
    List<String> command =
        new ArrayList<>(
            List.of(
                "redis-server",
                "--port",
                String.valueOf(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no"));
    command.addAll(settings);
    try {
      Process started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      awaitAnswer(started);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("redis-server is missing: apt-get install redis-server", e);
    }
  }

  private void awaitAnswer(Process started) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        if (command("PING").equals("+PONG")) {
          return;
        }
      } catch (UncheckedIOException e) {
        if (System.nanoTime() > deadline || !started.isAlive()) {
          throw e;
        }
      }
      Thread.onSpinWait();
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
