package dev.keyway.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.server.door.RawClient;
import dev.keyway.server.door.RawClient.Answer;
import dev.keyway.server.door.TestKeys.Issued;
import dev.keyway.server.gateway.TestUpstream.Conversation;
import java.io.IOException;
import java.util.HashSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies pass as they come, at the pace of whoever takes them. */
class StreamingTest {
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
  void eachChunk_arrivesBeforeTheNextIsMade() throws Exception {
    var gate = new AtomicReference<>(new CountDownLatch(1));
    gateway.upstream.script(conversation -> {
      conversation.answer(
          "HTTP/1.1 200 OK", "Content-Type: text/event-stream", "Transfer-Encoding: chunked");
      for (int i = 0; i < 3; i++) {
        await(gate.get());
        gate.set(new CountDownLatch(1));
        conversation.chunk("data: " + i + "\n\n");
      }
    });
    client.send("GET /memo/all HTTP/1.1", "Host: x", key.bearer());

    // The head comes before there is any chunk.
    assertThat(String.join("\n", client.readHead())).contains("text/event-stream");
    for (int i = 0; i < 3; i++) {
      gate.get().countDown();
      assertThat(client.readChunk()).isEqualTo("data: " + i + "\n\n");
    }
  }

  @Test
  void slowClient_holdsTheUpstreamBack() throws Exception {
    var written = new AtomicLong();
    int total = 64 * 1024 * 1024;
    gateway.upstream.script(conversation -> {
      conversation.answer("HTTP/1.1 200 OK", "Content-Length: " + total);
      byte[] block = new byte[64 * 1024];
      while (written.get() < total) {
        conversation.socket().getOutputStream().write(block);
        written.addAndGet(block.length);
      }
    });
    try (RawClient slow = gateway.client()) {
      slow.send("GET /memo/all HTTP/1.1", "Host: x", key.bearer());
      slow.readHead();
      long held = awaitStandstill(written);

      assertThat(held).isLessThan(total / 2);
      assertThat(slow.read(total)).hasSize(total);
      assertThat(written.get()).isEqualTo(total);
    }
  }

  @Test
  void slowUpstream_holdsTheClientBack() throws Exception {
    var sent = new AtomicLong();
    var goOn = new CountDownLatch(1);
    int total = 64 * 1024 * 1024;
    gateway.upstream.script(conversation -> {
      await(goOn);
      TestUpstream.OK.play(conversation);
    });
    client.send("POST /memo/all HTTP/1.1", "Host: x", key.bearer(), "Content-Length: " + total);
    Thread.ofVirtual()
        .start(() -> {
          try {
            String block = "x".repeat(64 * 1024);
            while (sent.get() < total) {
              client.write(block);
              sent.addAndGet(block.length());
            }
          } catch (IOException e) {
            // The assertions tell.
          }
        });
    gateway.upstream.next();

    assertThat(awaitStandstill(sent)).isLessThan(total / 2);
    goOn.countDown();
  }

  @Test
  void uploads_keepTheirFramingAndBytes() throws Exception {
    var body = new AtomicReference<String>();
    gateway.upstream.script(conversation -> {
      body.set(conversation.readBody());
      conversation.answer("HTTP/1.1 204 No Content");
    });
    client.send(
        "POST /memo/all HTTP/1.1",
        "Host: x",
        key.bearer(),
        "Transfer-Encoding: chunked",
        "Trailer: X-Sum");
    client.write("5\r\nhello\r\n6\r\n world\r\n0\r\nX-Sum: 1\r\n\r\n");
    assertThat(client.read().status()).isEqualTo(204);
    Conversation chunked = gateway.upstream.next();
    assertThat(body.get()).isEqualTo("hello world");
    assertThat(chunked.header("Transfer-Encoding")).isEqualTo("chunked");
    assertThat(chunked.header("Trailer")).isNull();

    client.send("POST /memo/all HTTP/1.1", "Host: x", key.bearer(), "Content-Length: 3");
    client.write("abc");
    assertThat(client.read().status()).isEqualTo(204);
    Conversation measured = gateway.upstream.next();
    assertThat(body.get()).isEqualTo("abc");
    assertThat(measured.header("Content-Length")).isEqualTo("3");
    assertThat(measured.header("Transfer-Encoding")).isNull();
  }

  @Test
  void expectContinue_isTheUpstreamsToGrant() throws Exception {
    gateway.upstream.script(conversation -> {
      conversation.answer("HTTP/1.1 100 Continue");
      TestUpstream.OK.play(conversation);
    });
    client.send(
        "POST /memo/all HTTP/1.1",
        "Host: x",
        key.bearer(),
        "Content-Length: 5",
        "Expect: 100-continue");

    assertThat(client.readHead().getFirst()).contains("100");
    client.write("hello");
    assertThat(client.read().status()).isEqualTo(200);
    assertThat(gateway.upstream.next().header("Expect")).isEqualTo("100-continue");
    assertThat(client.ask("GET /memo/all", key.bearer()).status()).isEqualTo(200);
  }

  @Test
  void head_hasTheLengthAndNoBody() throws Exception {
    gateway.upstream.script(
        conversation -> conversation.answer("HTTP/1.1 200 OK", "Content-Length: 1000"));

    Answer answer = client.ask("HEAD /memo/all", key.bearer());

    assertThat(answer.header("Content-Length")).isEqualTo("1000");
    assertThat(client.ask("HEAD /memo/all", key.bearer()).status()).isEqualTo(200);
  }

  @Test
  void emptyAnswers_haveNoBody() throws Exception {
    gateway.upstream.script(conversation ->
        conversation.answer(
            conversation.line().contains("one")
                ? "HTTP/1.1 304 Not Modified"
                : "HTTP/1.1 204 No Content"));

    assertThat(client.ask("GET /memo/all/one", key.bearer()).status()).isEqualTo(304);
    assertThat(client.ask("GET /memo/all/two", key.bearer()).status()).isEqualTo(204);
    assertThat(client.ask("GET /memo/all/one", key.bearer()).status()).isEqualTo(304);
  }

  @Test
  void earlyAnswer_endsTheUpload() throws Exception {
    gateway.upstream.script(
        conversation -> conversation.answer("HTTP/1.1 413 Content Too Large", "Content-Length: 0"));
    client.send("POST /memo/all HTTP/1.1", "Host: x", key.bearer(), "Content-Length: 10");
    client.write("hello");

    assertThat(client.read().status()).isEqualTo(413);
    client.write("world");
    assertThat(client.ask("GET /memo/all", key.bearer()).status()).isEqualTo(413);
    gateway.awaitNoExchanges();
  }

  @Test
  void clientGone_cancelsTheUpstream() throws Exception {
    var closed = new CountDownLatch(1);
    gateway.upstream.script(conversation -> {
      conversation.answer("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
      conversation.chunk("x");
      conversation.awaitClose();
      closed.countDown();
    });
    client.send("GET /memo/all HTTP/1.1", "Host: x", key.bearer());
    client.readHead();
    client.readChunk();

    client.close();

    assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void upstreamConnections_areKept() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(client.ask("GET /memo/all", key.bearer()).status()).isEqualTo(200);
    }
    var ports = new HashSet<Integer>();
    for (int i = 0; i < 5; i++) {
      ports.add(gateway.upstream.next().socket().getPort());
    }
    assertThat(ports).hasSize(1);
  }

  private static long awaitStandstill(AtomicLong count) throws InterruptedException {
    long last = -1;
    var pause = new CountDownLatch(1);
    while (count.get() != last || last == 0) {
      last = count.get();
      assertThat(pause.await(300, TimeUnit.MILLISECONDS)).isFalse();
    }
    return last;
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new AssertionError("what was waited for did not happen");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
