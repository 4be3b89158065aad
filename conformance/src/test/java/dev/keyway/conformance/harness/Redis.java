package dev.keyway.conformance.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A Redis server of this machine's own package on loopback, which keeps nothing on a disk and is
 * entered by a password.
 */
public final class Redis implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int ANSWER_MILLIS = 2_000;

  /** What lets in. */
  public static final String PASSWORD = "redis-pass-5d1c77e0";

  private final int port;
  private Process process;

  private Redis(int port) {
    this.port = port;
    this.process = launch(port);
  }

  /** Starts one that ends with this process. */
  public static Redis start() {
    var redis = new Redis(freePort());
    Runtime.getRuntime().addShutdownHook(new Thread(redis::kill));
    redis.awaitAnswer();
    return redis;
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** Its process. */
  public synchronized long pid() {
    return process.pid();
  }

  /** Ends the server at once, and with it all that it knew. */
  public synchronized void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Starts it again, empty. */
  public synchronized void startAgain() {
    process = launch(port);
    awaitAnswer();
  }

  /** Has it forget everything while it runs. */
  public void forget() {
    if (!say("FLUSHALL").equals("+OK")) {
      throw new AssertionError("Redis must forget when it is told to");
    }
  }

  @Override
  public void close() {
    kill();
  }

  private void awaitAnswer() {
    Eventually.holds(
        "Redis answers",
        PATIENCE,
        () -> {
          try {
            return say("PING").equals("+PONG");
          } catch (UncheckedIOException e) {
            return false;
          }
        });
  }

  /** Sends a command of one word and answers the first line. */
  private String say(String word) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(ANSWER_MILLIS);
      String said = "AUTH %s\r\n%s\r\n".formatted(PASSWORD, word);
      socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
      var answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      var _ = answers.readLine();
      return String.valueOf(answers.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process launch(int port) {
    var command =
        List.of(
            "redis-server",
            "--port",
            String.valueOf(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--requirepass",
            PASSWORD);
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "redis-server is missing (Debian: apt-get install redis-server)", e);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
