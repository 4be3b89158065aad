package dev.keyway.conformance.cluster;

import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.ServedKeyway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** One node of a fleet, its way to the database, and what can happen to both. */
final class Node implements AutoCloseable {
  /** Without a limit: what is counted in the database ends with what a node has in hand. */
  static final String FREE = "/flood/free";

  private final String name;
  private final TcpProxy toDatabase;
  private ServedKeyway keyway;

  Node(String name, TcpProxy toDatabase, ServedKeyway keyway) {
    this.name = name;
    this.toDatabase = toDatabase;
    this.keyway = keyway;
  }

  String name() {
    return name;
  }

  /** Its connections to the database. */
  TcpProxy toDatabase() {
    return toDatabase;
  }

  synchronized ServedKeyway keyway() {
    return keyway;
  }

  /** What its gateway answers to a key; 0 when it breaks off in the midst of it. */
  int status(NewKey key) {
    try {
      return keyway().door().getAs(key, FREE).status();
    } catch (UncheckedIOException e) {
      return 0;
    }
  }

  /** Stops its process where it stands; what is sent to it waits. */
  void pause() {
    signal(keyway().program().pid(), "STOP");
  }

  /** Lets it go on as if nothing had been. */
  void resume() {
    signal(keyway().program().pid(), "CONT");
  }

  /** Ends its process without a farewell. */
  void kill() {
    keyway().program().kill();
  }

  /** Starts it again after {@link #kill}, at the same addresses. */
  synchronized void startAgain() {
    keyway = keyway.killAndStartAgain();
  }

  /** Ends it in peace and starts it again with another duration of leases. */
  synchronized void startAgainWithLeases(Duration lease) {
    Path config = keyway.data().resolve("keyway.yaml");
    try {
      String settings = Files.readString(config);
      Files.writeString(
          config, settings.replaceAll("lease: \\d+s", "lease: " + lease.toSeconds() + "s"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    keyway.program().close();
    keyway = keyway.killAndStartAgain();
  }

  /** Sends a signal to a process that a test started. */
  static void signal(long pid, String name) {
    try {
      int status = new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start().waitFor();
      if (status != 0) {
        throw new AssertionError("no signal to " + pid);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    keyway().close();
    toDatabase.close();
  }
}
