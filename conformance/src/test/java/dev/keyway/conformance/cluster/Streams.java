package dev.keyway.conformance.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.RawConnection;
import dev.keyway.conformance.harness.WireUpstream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** An answer that goes on for ever: a piece each 5 ms that says when it was sent. */
final class Streams {
  static final String PATH = "/t/stream";
  private static final long PAUSE_NANOS = 5_000_000;
  private static final int STAMP = 20;

  private Streams() {}

  static void offer(WireUpstream upstream) {
    upstream.on(
        PATH,
        (_, wire) -> {
          wire.send(
              "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
          while (true) {
            wire.chunk(("%0" + STAMP + "d").formatted(System.nanoTime()));
            LockSupport.parkNanos(PAUSE_NANOS);
          }
        });
  }

  /** A client of such an answer, which reads it to its end. */
  static final class Open implements AutoCloseable {
    private final RawConnection connection;
    private final AtomicLong newest = new AtomicLong();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private Open(RawConnection connection) {
      this.connection = connection;
    }

    static Open at(Node node, NewKey key) {
      RawConnection connection = RawConnection.to(node.keyway().gateway());
      connection.send("GET /flood" + PATH + " HTTP/1.1", "Authorization: " + key.bearer());
      int status = connection.head().status();
      if (status != 200) {
        throw new AssertionError("a stream at " + node.name() + ": " + status);
      }
      var open = new Open(connection);
      open.read();
      Thread.ofVirtual().start(open::readOn);
      return open;
    }

    private void read() {
      newest.set(Long.parseLong(new String(connection.chunk(), US_ASCII)));
    }

    private void readOn() {
      try {
        while (true) {
          read();
        }
      } catch (UncheckedIOException | NumberFormatException e) {
        ended.complete(null);
      }
    }

    /** When the last piece was sent that has come through. */
    long newestNanos() {
      return newest.get();
    }

    boolean isOver() {
      return ended.isDone();
    }

    @Override
    public void close() {
      connection.close();
    }
  }
}
