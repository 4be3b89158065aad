package dev.keyway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class EchoTest {

  private static final SampleUpstreams samples =
      SampleUpstreams.start(new SampleResources(), List.of());

  @AfterAll
  static void stop() {
    samples.close();
  }

  private static Map<String, @Nullable Object> raw(String head) throws IOException {
    URI echo = samples.echo();
    try (Socket socket = new Socket(echo.getHost(), echo.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return dev.keyway.demo.web.Json.object(answer.substring(answer.indexOf("\r\n\r\n") + 4))
          .orElseThrow(() -> new AssertionError(answer));
    }
  }

  @Test
  void anyRequest_isToldAsItWasOnTheWire() throws IOException {
    Map<String, @Nullable Object> seen =
        raw(
            "REPORT /echo/a%2Fb/../c;d?x=1&x=%20 HTTP/1.1\r\nHost: h\r\nX-b: 2\r\nx-A: 1\r\n"
                + "X-b: 3\r\ncOnNeCtIoN: close\r\nContent-Length: 3\r\n\r\nabc");
    assertThat(seen)
        .containsEntry("method", "REPORT")
        .containsEntry("path", "/a%2Fb/../c;d")
        .containsEntry("query", "x=1&x=%20");
    assertThat(Http.objects(seen, "headers"))
        .extracting(it -> it.get("name") + "=" + it.get("value"))
        .containsExactly(
            "Host=h", "X-b=2", "x-A=1", "X-b=3", "cOnNeCtIoN=close", "Content-Length=3");
    assertThat(Http.object(seen, "body"))
        .containsEntry("length", 3)
        .containsEntry(
            "sha256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void get_withoutQueryOrBody_saysSo() {
    Map<String, @Nullable Object> seen =
        Http.json(Http.send("GET", samples.echo(), "/", "", "Keyway-Key-Id", "key_1"));
    assertThat(seen).containsEntry("path", "/").containsEntry("query", null);
    assertThat(Http.object(seen, "body")).containsEntry("length", 0);
    assertThat(Http.objects(seen, "headers"))
        .contains(Map.of("name", "Keyway-Key-Id", "value", "key_1"));
  }

  @Test
  void post_largeBody_isDigestedWhole() {
    Map<String, @Nullable Object> seen =
        Http.json(Http.send("POST", samples.echo(), "/x", "y".repeat(5_000_000)));
    assertThat(Http.object(seen, "body")).containsEntry("length", 5_000_000);
  }

  @Test
  void sse_sendsNumberedEventsThenEnds() {
    HttpResponse<Stream<String>> answer =
        Http.stream("GET", samples.echo(), "/sse?count=3&interval_ms=1", "");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    assertThat(answer.headers().firstValue("X-Accel-Buffering")).hasValue("no");
    assertThat(answer.body().filter(line -> !line.isEmpty()))
        .containsExactly("id: 1", "data: tick 1", "id: 2", "data: tick 2", "id: 3", "data: tick 3");
  }

  @Test
  void sse_firstEventArrivesWhileTheStreamIsOpen() {
    HttpResponse<Stream<String>> answer =
        Http.stream("GET", samples.echo(), "/sse?count=1000&interval_ms=60000", "");
    try (Stream<String> lines = answer.body()) {
      assertThat(lines.limit(2)).containsExactly("id: 1", "data: tick 1");
    }
  }

  @Test
  void sse_invalidParameter_isRefused() {
    assertThat(Http.send("GET", samples.echo(), "/sse?count=many", "").statusCode()).isEqualTo(400);
    assertThat(Http.send("GET", samples.echo(), "/sse?interval_ms=60001", "").statusCode())
        .isEqualTo(400);
  }

  @Test
  void respond_answersAsAsked() {
    HttpResponse<String> answer =
        Http.send(
            "POST",
            samples.echo(),
            "/respond?status=503&bytes=5&delay_ms=1&header=Set-Cookie:%20a=b",
            "body");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).isEqualTo("xxxxx");
    assertThat(answer.headers().firstValue("Set-Cookie")).hasValue("a=b");
  }
}
