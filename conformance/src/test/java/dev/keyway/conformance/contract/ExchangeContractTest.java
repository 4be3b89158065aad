package dev.keyway.conformance.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Bench;
import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.RawConnection;
import dev.keyway.conformance.harness.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Open exchanges: delivered as they are produced, and cut on both sides before a narrowing call
 * returns.
 */
@DisplayName("Contract: open exchanges")
final class ExchangeContractTest {

  private static final String STREAM_HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

  /** The accept value belongs to the key that the test sends (RFC 6455, section 1.3). */
  private static final String SWITCHED =
      """
      HTTP/1.1 101 Switching Protocols\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
      \r
      """;

  private final Bench bench = Bench.shared();
  private final Door door = bench.door();

  @Test
  void stream_isDeliveredPieceByPiece() throws Exception {
    NewKey key = bench.key("echo");
    String path = Bench.unique("/t");
    CountDownLatch firstSeen = new CountDownLatch(1);
    bench
        .upstream()
        .on(
            path,
            (_, wire) -> {
              wire.send(STREAM_HEAD);
              wire.chunk("data: one\n\n");
              await(firstSeen);
              wire.chunk("data: two\n\n");
              wire.send("0\r\n\r\n");
            });
    try (RawConnection client = get(path, key)) {
      assertThat(client.head().status()).isEqualTo(200);
      assertThat(new String(client.chunk(), UTF_8)).isEqualTo("data: one\n\n");
      firstSeen.countDown();
      assertThat(new String(client.chunk(), UTF_8)).isEqualTo("data: two\n\n");
      assertThat(client.chunk()).isEmpty();
    }
  }

  @Test
  @DisplayName("ALL-3 a revoke cuts a streaming answer on both sides before it returns")
  void stream_whenTheKeyIsRevoked_isCutOnBothSides() throws Exception {
    NewKey key = bench.key("echo");
    String path = Bench.unique("/t");
    CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
    bench
        .upstream()
        .on(
            path,
            (_, wire) -> {
              wire.send(STREAM_HEAD);
              wire.chunk("data: one\n\n");
              cancelled.complete(wire.isCut());
            });
    try (RawConnection client = get(path, key)) {
      client.head();
      client.chunk();
      bench.keyway().tenants().revoke(key.id());
      assertThat(client.isCut()).as("towards the client").isTrue();
      assertThat(cancelled.get(20, TimeUnit.SECONDS)).as("towards the upstream").isTrue();
    }
  }

  @Test
  @DisplayName("ALL-3 a revoke cuts a request whose answer has not begun")
  void waitingRequest_whenTheKeyIsRevoked_isCut() throws Exception {
    NewKey key = bench.key("echo");
    String path = Bench.unique("/t");
    CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
    bench.upstream().on(path, (_, wire) -> cancelled.complete(wire.isCut()));
    try (RawConnection client = get(path, key)) {
      bench.upstream().next(path);
      bench.keyway().tenants().revoke(key.id());
      assertThat(client.isCut()).as("towards the client").isTrue();
      assertThat(cancelled.get(20, TimeUnit.SECONDS)).as("towards the upstream").isTrue();
    }
  }

  @Test
  @DisplayName("MEMO-3 ALL-3 an open exchange is cut at its key's expiry")
  void stream_whenTheKeyExpires_isCut() throws Exception {
    NewKey key = keyThatEnds(Instant.now().plusSeconds(3));
    String path = Bench.unique("/t");
    CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
    bench
        .upstream()
        .on(
            path,
            (_, wire) -> {
              wire.send(STREAM_HEAD);
              wire.chunk("data: one\n\n");
              cancelled.complete(wire.isCut());
            });
    try (RawConnection client = get(path, key)) {
      client.head();
      client.chunk();
      assertThat(client.isCut()).isTrue();
      assertThat(cancelled.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void clientThatLeaves_cancelsTheUpstreamsRequest() throws Exception {
    NewKey key = bench.key("echo");
    String path = Bench.unique("/t");
    CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
    bench
        .upstream()
        .on(
            path,
            (_, wire) -> {
              wire.send(STREAM_HEAD);
              wire.chunk("data: one\n\n");
              cancelled.complete(wire.isCut());
            });
    try (RawConnection client = get(path, key)) {
      client.head();
      client.chunk();
    }
    assertThat(cancelled.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void webSocket_passesBothWays_andIsCutByARevoke() throws Exception {
    NewKey key = bench.key("echo");
    String path = Bench.unique("/t");
    bench
        .upstream()
        .on(
            path,
            (_, wire) -> {
              wire.send(SWITCHED);
              wire.send(new byte[] {(byte) 0x81, 2, 'h', 'i'});
              wire.isCut();
            });
    try (RawConnection client = door.connect()) {
      client.send(
          "GET /echo" + path + " HTTP/1.1",
          "Authorization: " + key.bearer(),
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
      assertThat(client.head().status()).isEqualTo(101);
      assertThat(client.bytes(4)).isEqualTo(new byte[] {(byte) 0x81, 2, 'h', 'i'});
      bench.keyway().tenants().revoke(key.id());
      assertThat(client.isCut()).isTrue();
    }
  }

  private NewKey keyThatEnds(Instant end) {
    Tenants tenants = bench.keyway().tenants();
    return tenants.create(
        Json.of(
            "product", "echo", "account", tenants.account("echo"), "expires_at", end.toString()));
  }

  private RawConnection get(String path, NewKey key) {
    return door.connect().send("GET /echo" + path + " HTTP/1.1", "Authorization: " + key.bearer());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(Duration.ofSeconds(20).toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
