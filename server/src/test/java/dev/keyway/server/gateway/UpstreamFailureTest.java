package dev.keyway.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.server.door.RawClient;
import dev.keyway.server.door.RawClient.Answer;
import dev.keyway.server.door.TestKeys.Issued;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Upstreams that are away, slow or broken are told apart, and never look like a whole answer. */
class UpstreamFailureTest {
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
  void nobodyThere_isUnavailable() throws Exception {
    assertRefused(client.ask("GET /memo/dead", key.bearer()), 502, "upstream_unavailable");
    client.send("POST /memo/dead HTTP/1.1", "Host: x", key.bearer(), "Content-Length: 5");
    client.write("hello");
    assertRefused(client.read(), 502, "upstream_unavailable");
    assertThat(client.ask("GET /memo/all", key.bearer()).status()).isEqualTo(200);
    assertThat(client.ask("GET /memo/dead").status()).isEqualTo(401);
    assertThat(answers("dead", "unavailable")).isEqualTo(2);
    assertThat(answers("dead", "passed")).isZero();
    assertThat(answers("main", "passed")).isEqualTo(1);
    assertThat(answers("main", "unavailable")).isZero();
  }

  private double answers(String upstream, String outcome) {
    return gateway
        .metrics
        .get("keyway.upstream.answers")
        .tags("product", "memo", "upstream", upstream, "outcome", outcome)
        .counter()
        .count();
  }

  @Test
  void noAddress_isNotConfigured() throws Exception {
    assertRefused(client.ask("GET /memo/none", key.bearer()), 503, "upstream_not_configured");
    assertRefused(client.ask("GET /memo/none"), 401, "missing_key");
  }

  @Test
  void noAnswerInTime_isATimeoutAndCancels() throws Exception {
    var closed = new CountDownLatch(1);
    gateway.upstream.script(conversation -> {
      conversation.awaitClose();
      closed.countDown();
    });

    assertRefused(client.ask("GET /memo/all", key.bearer()), 504, "upstream_timeout");
    assertThat(answers("main", "timeout")).isEqualTo(1);
    assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
    gateway.awaitNoExchanges();
  }

  @Test
  void brokenMeasuredBody_isNoWholeAnswer() throws Exception {
    gateway.upstream.script(conversation -> {
      conversation.answer("HTTP/1.1 200 OK", "Content-Length: 10");
      conversation.write("half");
      conversation.socket().close();
    });
    client.send("GET /memo/all HTTP/1.1", "Host: x", key.bearer());

    client.readHead();
    assertThat(client.read(4)).isEqualTo("half");
    assertThat(client.isAtEnd()).isTrue();
    gateway.awaitNoExchanges();
  }

  @Test
  void brokenChunkedBody_hasNoLastChunk() throws Exception {
    gateway.upstream.script(conversation -> {
      conversation.answer("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
      conversation.chunk("half");
      conversation.socket().close();
    });
    client.send("GET /memo/all HTTP/1.1", "Host: x", key.bearer());

    client.readHead();
    assertThat(client.readChunk()).isEqualTo("half");
    assertThat(client.isAtEnd()).isTrue();
  }

  @Test
  void uploadWithoutAnAnswer_isUnavailableAndTheConnectionGoesOn() throws Exception {
    gateway.upstream.script(conversation -> {
      assertThat(conversation.readBody()).isEqualTo("hello");
      conversation.socket().close();
    });
    client.send("POST /memo/all HTTP/1.1", "Host: x", key.bearer(), "Content-Length: 5");
    client.write("hello");

    assertRefused(client.read(), 502, "upstream_unavailable");
    gateway.upstream.script(TestUpstream.OK);
    assertThat(client.ask("GET /memo/all", key.bearer()).status()).isEqualTo(200);
    gateway.awaitNoExchanges();
  }

  @Test
  void nonsense_isUnavailable() throws Exception {
    gateway.upstream.script(conversation -> {
      conversation.answer("SSH-2.0-Server");
      conversation.socket().close();
    });

    assertRefused(client.ask("GET /memo/all", key.bearer()), 502, "upstream_unavailable");
  }

  @Test
  void unwantedUpgrade_isUnavailable() throws Exception {
    gateway.upstream.script(conversation ->
        conversation.answer(
            "HTTP/1.1 101 Switching Protocols", "Upgrade: x", "Connection: upgrade"));

    assertRefused(client.ask("GET /memo/all", key.bearer()), 502, "upstream_unavailable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"100 Continue", "102 Processing", "103 Early Hints", "199 Odd"})
  void interimAnswers_areSkipped(String status) throws Exception {
    gateway.upstream.script(conversation ->
        conversation.write(
            ("HTTP/1.1 " + status + "\r\nX-Interim: x\r\n\r\n").repeat(3)
                + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));

    Answer answer = client.ask("GET /memo/all", key.bearer());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("X-Interim")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"000 Nothing", "1000 Much"})
  void statusThatIsNoAnswer_isUnavailable(String status) throws Exception {
    gateway.upstream.script(conversation ->
        conversation.write(
            "HTTP/1.1 " + status + "\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));

    assertRefused(client.ask("GET /memo/all", key.bearer()), 502, "upstream_unavailable");
    gateway.upstream.awaitNoConnections();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X-Odd: a\u000bb", "X-Odd: a\u0000b", "Content-Length: 99999999999999999999"})
  void answerThatCannotBePassedOn_isRefused(String header) throws Exception {
    gateway.upstream.script(
        conversation -> conversation.answer("HTTP/1.1 200 OK", header, "X-Secret: x"));

    Answer answer = client.ask("GET /memo/all", key.bearer());

    assertThat(answer.status()).isBetween(500, 502);
    assertThat(answer.header("X-Secret")).isNull();
    gateway.upstream.awaitNoConnections();
    gateway.awaitNoExchanges();
  }

  @Test
  void failureOfTheGatewayItself_isAnswered() throws Exception {
    gateway.keys.expire(key.id(), Instant.now().plusSeconds(600));
    gateway.upstream.script(conversation -> {
      gateway.time =
          () -> {
            throw new AssertionError("no clock");
          };
      conversation.answer("HTTP/1.1 200 OK", "Content-Length: 2");
    });

    Answer answer = client.ask("GET /memo/all", key.bearer());

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.code()).isEqualTo("internal");
    gateway.upstream.awaitNoConnections();
    gateway.awaitNoExchanges();
  }

  @Test
  void earlyHints_areSkipped() throws Exception {
    gateway.upstream.script(conversation -> {
      conversation.answer("HTTP/1.1 103 Early Hints", "Link: </x>; rel=preload");
      TestUpstream.OK.play(conversation);
    });

    assertThat(client.ask("GET /memo/all", key.bearer()).status()).isEqualTo(200);
  }

  @Test
  void refusedUpgrade_leavesNoConnection() throws Exception {
    for (int i = 0; i < 20; i++) {
      Answer answer =
          client.ask(
              "GET /memo/all",
              key.bearer(),
              "Connection: keep-alive, Upgrade",
              "Upgrade: websocket",
              "Sec-WebSocket-Version: 13");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(gateway.upstream.next().header("Upgrade")).isEqualTo("websocket");
    }

    gateway.upstream.awaitNoConnections();
    gateway.awaitNoExchanges();
  }

  @Test
  void upgradeWithoutConnectionOption_isAnOrdinaryRequest() throws Exception {
    Answer answer = client.ask("GET /memo/all", key.bearer(), "Upgrade: websocket");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(gateway.upstream.next().header("Upgrade")).isNull();
  }

  @Test
  void staleConnection_isTriedOnceMoreForReadingOnly() throws Exception {
    var requests = new AtomicInteger();
    gateway.upstream.script(conversation -> {
      if (requests.incrementAndGet() == 1) {
        TestUpstream.OK.play(conversation);
      } else if (requests.get() == 2 || requests.get() >= 4) {
        conversation.socket().close();
      } else {
        TestUpstream.OK.play(conversation);
      }
    });

    assertThat(client.ask("GET /memo/all", key.bearer()).status()).isEqualTo(200);
    assertThat(client.ask("GET /memo/all", key.bearer()).status()).isEqualTo(200);
    assertThat(requests.get()).isEqualTo(3);
    client.send("POST /memo/all HTTP/1.1", "Host: x", key.bearer(), "Content-Length: 0");
    assertRefused(client.read(), 502, "upstream_unavailable");
    assertThat(requests.get()).isEqualTo(4);
  }

  private static void assertRefused(Answer answer, int status, String code) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
  }
}
