package dev.keyway.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.server.door.RawClient;
import dev.keyway.server.door.TestKeys.Issued;
import dev.keyway.server.gateway.TestUpstream.Conversation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A revoke ends what is under way, in every phase, before it returns (ALL-3, MEKO-8). */
class CutTest {
  private TestGateway gateway;
  private RawClient client;
  private Issued key;

  @BeforeEach
  void start() throws IOException {
    gateway = new TestGateway();
    client = gateway.client();
    key = gateway.memoKey();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    gateway.close();
  }

  @Test
  void beforeTheAnswer_bothSidesEnd() throws Exception {
    var closed = new CountDownLatch(1);
    gateway.upstream.script(conversation -> awaitClose(conversation, closed));
    client.send("GET /memo/all HTTP/1.1", "Host: x", key.bearer());
    gateway.upstream.next();

    gateway.cut(gateway.keys.revoke(key.id()));

    assertThat(client.isAtEnd()).isTrue();
    assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(gateway.exchanges.size()).isZero();
  }

  @Test
  void duringAStream_bothSidesEnd() throws Exception {
    var closed = new CountDownLatch(1);
    gateway.upstream.script(conversation -> {
      conversation.answer("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
      conversation.chunk("data: 1\n\n");
      awaitClose(conversation, closed);
    });
    client.send("GET /memo/all HTTP/1.1", "Host: x", key.bearer());
    client.readHead();
    assertThat(client.readChunk()).isEqualTo("data: 1\n\n");

    gateway.cut(gateway.keys.revoke(key.id()));

    assertThat(client.isAtEnd()).isTrue();
    assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(gateway.exchanges.size()).isZero();
  }

  @Test
  void duringAnUpload_bothSidesEnd() throws Exception {
    var closed = new CountDownLatch(1);
    gateway.upstream.script(conversation -> awaitClose(conversation, closed));
    client.send("POST /memo/all HTTP/1.1", "Host: x", key.bearer(), "Transfer-Encoding: chunked");
    client.write("5\r\nhello\r\n");
    gateway.upstream.next();

    gateway.cut(gateway.keys.revoke(key.id()));

    assertThat(client.isAtEnd()).isTrue();
    assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  @DisplayName("The call waits for no client: one that does not read is cut like any other")
  void clientThatDoesNotRead_isNotWaitedFor() throws Exception {
    var written = new AtomicLong();
    gateway.upstream.script(conversation -> flood(conversation, written));
    try (RawClient slow = gateway.client()) {
      slow.send("GET /memo/all HTTP/1.1", "Host: x", key.bearer());
      gateway.upstream.next();
      awaitStandstill(written);
      long before = System.nanoTime();

      gateway.cut(gateway.keys.revoke(key.id()));

      assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(2));
      // What the client's own system had already received is all it can still read.
      assertThat((long) slow.bytesUntilEnd()).isLessThan(written.get());
    }
  }

  @Test
  void whileVerified_isRefusedBeforeAnyByte() throws Exception {
    gateway.keys.chill();
    var reading = new CountDownLatch(1);
    var revoked = new CountDownLatch(1);
    gateway.keys.afterFind =
        () -> {
          gateway.keys.afterFind = () -> {};
          reading.countDown();
          await(revoked);
        };
    client.send("GET /memo/all HTTP/1.1", "Host: x", key.bearer());
    await(reading);
    gateway.cut(gateway.keys.revoke(key.id()));
    revoked.countDown();

    assertThat(client.read().status()).isEqualTo(401);
    assertThat(gateway.upstream.wasReached()).isFalse();
  }

  @Test
  @DisplayName("A cut that meets a refused exchange does not end what its client does next")
  void whileEntered_isRefusedAndTheConnectionGoesOn() throws Exception {
    var done = new AtomicBoolean();
    var change = new AtomicReference<>(gateway.keys.revoke(gateway.memoKey().id()));
    Thread cutter =
        Thread.ofPlatform()
            .start(() -> {
              while (!done.get()) {
                gateway.exchanges.cut(change.get());
              }
            });
    try {
      for (int i = 0; i < 300; i++) {
        Issued next = gateway.memoKey();
        gateway.keys.chill();
        gateway.keys.afterFind =
            () -> {
              gateway.keys.afterFind = () -> {};
              change.set(gateway.keys.revoke(next.id()));
            };
        assertThat(client.ask("GET /memo/all", next.bearer()).status()).isEqualTo(401);
      }
    } finally {
      done.set(true);
      cutter.join();
    }
  }

  @Test
  @DisplayName("What a client said last still reaches the upstream, which then sees an end")
  void webSocket_clientGone_endsGracefully() throws Exception {
    var last = new CompletableFuture<String>();
    gateway.upstream.script(conversation -> {
      conversation.answer(
          "HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade");
      try {
        last.complete(new String(conversation.in().readAllBytes(), StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        last.completeExceptionally(e);
      }
    });
    client.send(
        "GET /memo/all HTTP/1.1",
        "Host: x",
        key.bearer(),
        "Connection: Upgrade",
        "Upgrade: websocket");
    client.readHead();
    client.write("farewell");
    client.close();

    assertThat(last.get(5, TimeUnit.SECONDS)).isEqualTo("farewell");
    gateway.awaitNoExchanges();
  }

  @Test
  void webSocket_passesBothWaysAndIsCut() throws Exception {
    var closed = new CountDownLatch(1);
    gateway.upstream.script(conversation -> {
      conversation.answer(
          "HTTP/1.1 101 Switching Protocols",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Accept: abc");
      byte[] frame = conversation.in().readNBytes(5);
      conversation.socket().getOutputStream().write(frame);
      awaitClose(conversation, closed);
    });
    client.send(
        "GET /memo/all HTTP/1.1",
        "Host: x",
        key.bearer(),
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    var head = client.readHead();
    client.write("hello");

    assertThat(head.getFirst()).contains("101");
    assertThat(String.join("\n", head)).containsIgnoringCase("sec-websocket-accept: abc");
    assertThat(client.read(5)).isEqualTo("hello");
    Conversation reached = gateway.upstream.next();
    assertThat(reached.header("Authorization")).isNull();
    assertThat(reached.header("Upgrade")).isEqualTo("websocket");

    gateway.cut(gateway.keys.revoke(key.id()));

    assertThat(client.isAtEnd()).isTrue();
    assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(gateway.exchanges.size()).isZero();
  }

  @Test
  @DisplayName("MEMO-3: a stream ends when its key expires")
  void atExpiry_streamEnds() throws Exception {
    gateway.keys.expire(key.id(), Instant.now().plusMillis(800));
    var closed = new CountDownLatch(1);
    gateway.upstream.script(conversation -> {
      conversation.answer("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
      conversation.chunk("data");
      awaitClose(conversation, closed);
    });
    client.send("GET /memo/all HTTP/1.1", "Host: x", key.bearer());
    client.readHead();
    client.readChunk();

    assertThat(client.isAtEnd()).isTrue();
    assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anotherKeysStream_goesOn() throws Exception {
    Issued other = gateway.memoKey();
    var goOn = new CountDownLatch(1);
    gateway.upstream.script(conversation -> {
      conversation.answer("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
      conversation.chunk("one");
      await(goOn);
      conversation.chunk("two");
    });
    client.send("GET /memo/all HTTP/1.1", "Host: x", key.bearer());
    client.readHead();
    client.readChunk();

    gateway.cut(gateway.keys.revoke(other.id()));
    goOn.countDown();

    assertThat(client.readChunk()).isEqualTo("two");
  }

  /**
   * The upstream numbers its chunks as fast as it can. None with a number drawn after the cut had
   * returned may arrive, and nothing may reach the upstream either.
   */
  @RepeatedTest(20)
  void race_noByteAfterTheCutReturned() throws Exception {
    var number = new AtomicLong();
    var first = new CountDownLatch(1);
    gateway.upstream.script(conversation -> {
      conversation.answer("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
      while (true) {
        conversation.chunk("%019d".formatted(number.incrementAndGet()));
        first.countDown();
      }
    });
    client.send("GET /memo/all HTTP/1.1", "Host: x", key.bearer());
    client.readHead();
    await(first);
    client.readChunk();
    var last = new AtomicLong();
    Thread reader =
        Thread.ofVirtual()
            .start(() -> {
              try {
                while (true) {
                  last.set(Long.parseLong(client.readChunk()));
                }
              } catch (IOException | NumberFormatException e) {
                // The end, possibly within a chunk.
              }
            });

    gateway.cut(gateway.keys.revoke(key.id()));
    long drawn = number.get();
    reader.join(TimeUnit.SECONDS.toMillis(10));

    assertThat(reader.isAlive()).isFalse();
    assertThat(last.get()).isLessThanOrEqualTo(drawn);
    assertThat(gateway.exchanges.size()).isZero();
  }

  private static void flood(Conversation conversation, AtomicLong written) throws IOException {
    conversation.answer("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
    String chunk = "x".repeat(16 * 1024);
    while (true) {
      conversation.chunk(chunk);
      written.addAndGet(chunk.length());
    }
  }

  /** Waits until the upstream cannot write any more. */
  private static void awaitStandstill(AtomicLong written) throws InterruptedException {
    long last = -1;
    var pause = new CountDownLatch(1);
    while (written.get() != last || last == 0) {
      last = written.get();
      assertThat(pause.await(300, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  private static void awaitClose(Conversation conversation, CountDownLatch closed) {
    conversation.awaitClose();
    closed.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(5, TimeUnit.SECONDS)) {
        throw new AssertionError("what was waited for did not happen");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
