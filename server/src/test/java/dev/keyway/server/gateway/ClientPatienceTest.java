package dev.keyway.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.server.door.RawClient;
import dev.keyway.server.door.TestKeys.Issued;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that owes the gateway bytes is waited for, but not for ever. */
@Timeout(30)
class ClientPatienceTest {
  private static final Duration PATIENCE = Duration.ofMillis(800);
  private TestGateway gateway;
  private RawClient client;
  private Issued key;

  @BeforeEach
  void start() throws IOException {
    gateway = new TestGateway(Map.of(), PATIENCE);
    client = gateway.client();
    key = gateway.memoKey();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    gateway.close();
  }

  @Test
  void silentConnection_ends() {
    assertThat(client.isAtEnd()).isTrue();
  }

  @Test
  void halfARequestLine_ends() throws Exception {
    client.write("GET /memo/a");

    assertThat(client.isAtEnd()).isTrue();
  }

  @Test
  void idleConnection_endsAfterItsAnswer() throws Exception {
    assertThat(client.ask("GET /memo/all", key.bearer()).status()).isEqualTo(200);
    client.write("GET /memo/all HTTP/1.1\r\nHos");

    assertThat(client.isAtEnd()).isTrue();
  }

  @Test
  void quietStream_goesOn() throws Exception {
    var pause = new CountDownLatch(1);
    gateway.upstream.script(conversation -> {
      conversation.answer("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
      conversation.chunk("one");
      assertThat(pause.await(3 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
      conversation.chunk("two");
    });
    client.send("GET /memo/all HTTP/1.1", "Host: x", key.bearer());
    client.readHead();

    assertThat(client.readChunk()).isEqualTo("one");
    assertThat(client.readChunk()).isEqualTo("two");
  }

  @Test
  void quietTunnel_goesOn() throws Exception {
    var pause = new CountDownLatch(1);
    gateway.upstream.script(conversation -> {
      conversation.answer(
          "HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade");
      assertThat(pause.await(3 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
      conversation.write("hello");
    });
    client.send(
        "GET /memo/all HTTP/1.1",
        "Host: x",
        key.bearer(),
        "Connection: Upgrade",
        "Upgrade: websocket");
    client.readHead();

    assertThat(client.read(5)).isEqualTo("hello");
  }

  @Test
  void refusedEndlessBody_isNotReadOn() throws Exception {
    client.send("POST /memo/all HTTP/1.1", "Host: x", "Transfer-Encoding: chunked");
    String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
    long taken = 0;
    try {
      while (taken < 1L << 30) {
        client.write(chunk);
        taken += chunk.length();
      }
    } catch (IOException e) {
      // The gateway has had enough.
    }

    // What the operating system takes on both sides is not what the gateway reads.
    assertThat(taken).isLessThan(32L << 20);
  }

  @Test
  void refusedBodyThatDoesNotCome_endsTheConnection() throws Exception {
    client.send("POST /memo/all HTTP/1.1", "Host: x", "Content-Length: 5");

    assertThat(client.read().status()).isEqualTo(401);
    assertThat(client.isAtEnd()).isTrue();
  }

  @Test
  void answerThatNobodyReads_isCutOffWithItsUpstream() throws Exception {
    gateway.upstream.script(conversation -> {
      conversation.answer("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
      String chunk = "x".repeat(1 << 16);
      try {
        for (int i = 0; i < 1_000; i++) {
          conversation.chunk(chunk);
        }
      } catch (IOException e) {
        // The gateway has let go.
      }
    });
    client.send("GET /memo/all HTTP/1.1", "Host: x", key.bearer());
    client.readHead();

    gateway.upstream.awaitNoConnections();
    gateway.awaitNoExchanges();
  }

  @Test
  void requestsWhoseAnswersNobodyReads_areNotReadOn() throws Exception {
    String requests = "GET /memo/all HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1_000);
    long taken = 0;
    try {
      while (taken < 1L << 26) {
        client.write(requests);
        taken += requests.length();
      }
    } catch (IOException e) {
      // The gateway has had enough.
    }

    assertThat(taken).isLessThan(32L << 20);
  }

  @Test
  void manyRequestsAtOnce_areAllAnsweredToWhoReads() throws Exception {
    int count = 2_000;
    client.write("GET /memo/all HTTP/1.1\r\nHost: x\r\n\r\n".repeat(count));

    for (int i = 0; i < count; i++) {
      assertThat(client.read().status()).isEqualTo(401);
    }
  }

  @Test
  void stalledUpload_endsOnBothSides() throws Exception {
    client.send("POST /memo/all HTTP/1.1", "Host: x", key.bearer(), "Content-Length: 5");
    client.write("he");

    assertThat(client.isAtEnd()).isTrue();
    gateway.upstream.awaitNoConnections();
    gateway.awaitNoExchanges();
  }
}
