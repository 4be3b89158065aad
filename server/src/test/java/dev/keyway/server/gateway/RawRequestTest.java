package dev.keyway.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.server.door.RawClient;
import dev.keyway.server.door.RawClient.Answer;
import dev.keyway.server.door.TestKeys.Issued;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no ordinary client sends. */
class RawRequestTest {
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/memo/all//x", "//memo/all", "/memo/all/../api/items", "/memo/./all", "/memo/all;x=1",
        "/memo/all%2Fx", "/memo/all%2e%2e/x", "/memo/all\\x", "/memo%2Fall", "/memo/all%00",
        "/memo/%61ll", "/memo/all%252Fx", "/memo/all#x"
      })
  void pathWithTwoReadings_isInvalidRequest(String path) throws Exception {
    Answer answer = client.ask("GET " + path, key.bearer());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("invalid_request");
    assertThat(gateway.upstream.wasReached()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://gateway.test/memo/all", "*", "memo/all"})
  void targetNotInOriginForm_isInvalidRequest(String target) throws Exception {
    assertThat(client.ask("OPTIONS " + target, key.bearer()).status()).isEqualTo(400);
    assertThat(gateway.upstream.wasReached()).isFalse();
  }

  @Test
  void lengthAndChunked_neverMeanTwoThings() throws Exception {
    client.send(
        "POST /memo/all HTTP/1.1",
        "Host: x",
        key.bearer(),
        "Content-Length: 4",
        "Transfer-Encoding: chunked");
    client.write("0\r\n\r\nGET /memo/all HTTP/1.1\r\nHost: x\r\n\r\n");

    Answer answer = client.read();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(client.isAtEnd()).isTrue();
    assertThat(gateway.upstream.wasReached()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 1\r\nContent-Length: 2",
        "Content-Length: -1",
        "Content-Length: +1",
        "Content-Length: 1, 2",
        "Content-Length : 1",
        "Transfer-Encoding: gzip, chunked, gzip",
        "X-Bad Name: x",
        "\u0001X: y"
      })
  void brokenHead_reachesNobody(String headers) throws Exception {
    client.send("POST /memo/all HTTP/1.1", "Host: x", key.bearer(), headers);

    Answer answer = client.read();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("invalid_request");
    assertThat(gateway.upstream.wasReached()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip",
        "xchunked",
        "identity",
        "gzip, chunked\r\n\r\n0",
        "chunked, chunked\r\n\r\n0",
        "chunked\r\nTransfer-Encoding: chunked\r\n\r\n0"
      })
  void unknownCoding_isNotTwoRequests(String coding) throws Exception {
    String inner = "GET /memo/all HTTP/1.1\r\nHost: x\r\n" + key.bearer() + "\r\n\r\n";
    client.write(
        "POST /memo/all HTTP/1.1\r\nHost: x\r\n"
            + key.bearer()
            + "\r\nTransfer-Encoding: "
            + coding
            + "\r\n\r\n"
            + inner);

    Answer answer = client.read();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("invalid_request");
    assertThat(answer.header("Connection")).isEqualTo("close");
    assertThat(client.isAtEnd()).isTrue();
    assertThat(gateway.upstream.wasReached()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 0", "Content-Length: 00"})
  void emptyBody_keepsItsLength(String length) throws Exception {
    client.send("POST /memo/all HTTP/1.1", "Host: x", key.bearer(), length);

    assertThat(client.read().status()).isEqualTo(200);
    assertThat(gateway.upstream.next().headers("Content-Length")).containsExactly("0");
  }

  @Test
  void byteThatNoHeaderMayHold_isAnswered() throws Exception {
    Answer answer = client.ask("GET /memo/all", key.bearer(), "X-Odd: a\u000bb");

    assertThat(answer.status()).isGreaterThanOrEqualTo(400);
    assertThat(gateway.upstream.wasReached()).isFalse();
    gateway.awaitNoExchanges();
  }

  @Test
  void foldedLine_staysOneValue() throws Exception {
    client.send(
        "GET /memo/all HTTP/1.1", "Host: x", key.bearer(), "X-Folded: a", " Keyway-Key-Id: evil");

    assertThat(client.read().status()).isEqualTo(200);
    var reached = gateway.upstream.next();
    assertThat(reached.header("X-Folded")).isEqualTo("a Keyway-Key-Id: evil");
    assertThat(reached.headers("Keyway-Key-Id")).containsExactly(key.id().toString());
  }

  @Test
  void tooLongHead_isTooLarge() throws Exception {
    Answer headers = client.ask("GET /memo/all", key.bearer(), "X-Long: " + "x".repeat(20_000));
    try (RawClient other = gateway.client()) {
      Answer line = other.ask("GET /memo/all?" + "x".repeat(10_000), key.bearer());

      assertThat(headers.status()).isEqualTo(413);
      assertThat(headers.code()).isEqualTo("too_large");
      assertThat(line.status()).isEqualTo(413);
    }
  }

  @Test
  void pipelinedRequests_areAnsweredInOrder() throws Exception {
    String request = "GET /memo/all HTTP/1.1\r\nHost: x\r\n" + key.bearer() + "\r\n\r\n";
    client.write(request + "GET /memo/api HTTP/1.1\r\nHost: x\r\n\r\n" + request);

    assertThat(client.read().status()).isEqualTo(200);
    assertThat(client.read().status()).isEqualTo(404);
    assertThat(client.read().status()).isEqualTo(200);
  }

  @Test
  void refusedUpload_leavesTheConnectionUsable() throws Exception {
    client.send("POST /memo/all HTTP/1.1", "Host: x", "Content-Length: 5");
    client.write("hello");

    assertThat(client.read().status()).isEqualTo(401);
    assertThat(client.ask("GET /memo/all", key.bearer()).status()).isEqualTo(200);
  }

  @Test
  void refusedExpectation_endsTheConnection() throws Exception {
    client.send("POST /memo/all HTTP/1.1", "Host: x", "Content-Length: 5", "Expect: 100-continue");

    Answer answer = client.read();

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("Connection")).isEqualTo("close");
    assertThat(client.isAtEnd()).isTrue();
  }

  @Test
  void requestBehindALastAnswer_isNotHandled() throws Exception {
    assertThat(client.ask("GET /memo/all", key.bearer()).status()).isEqualTo(200);
    gateway.upstream.next();
    String refused = "POST /memo/all HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n";
    String hidden = "GET /memo/all HTTP/1.1\r\nHost: x\r\n" + key.bearer() + "\r\n\r\n";
    for (int i = 0; i < 20; i++) {
      try (RawClient other = gateway.client()) {
        other.write(refused + "Content-Length: 5\r\n\r\nhello" + hidden);

        assertThat(other.read().status()).isEqualTo(401);
        assertThat(other.isAtEnd()).isTrue();
      }
    }
    assertThat(client.ask("GET /memo/all", key.bearer()).status()).isEqualTo(200);
    assertThat(gateway.upstream.next().line()).startsWith("GET");
    assertThat(gateway.upstream.wasReached()).isFalse();
  }

  @Test
  void oldClient_getsItsAnswerAndItsEnd() throws Exception {
    gateway.upstream.script(conversation -> {
      conversation.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      conversation.chunk("hello");
      conversation.write("0\r\n\r\n");
    });
    client.send("GET /memo/all HTTP/1.0", key.bearer());

    assertThat(client.readHead().getFirst()).contains("200");
    assertThat(client.read(5)).isEqualTo("hello");
    assertThat(client.isAtEnd()).isTrue();
  }
}
