package dev.keyway.conformance.mcp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Bench;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.RawConnection;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.WireMessage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The passage of MCP 2026-07-28, byte for byte. The requests and answers in {@code mcp-2026-07-28/}
 * are written from the specification (Streamable HTTP, sections Request Metadata and Server
 * Validation): a head, an empty line, a body.
 */
@DisplayName("MCP 2026-07-28: passage byte for byte")
final class ModernMcpPassageTest {

  private static final String FIXTURES = "mcp-2026-07-28/";

  private final Bench bench = Bench.shared();
  private final NewKey key = bench.key("echo");
  private final String path = Bench.unique("/mcp");

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "discover",
        "tools-list",
        "tools-call",
        "tools-call-param-headers",
        "resources-read",
        "prompts-get",
        "completion",
        "input-response",
        "unusual-json"
      })
  void request_arrivesAsSent(String name) {
    Fixture request = Fixture.read(name + ".request");
    bench.upstream().on(path, (_, wire) -> wire.respond(200, "application/json", "{}"));
    assertThat(exchange(request).status()).isEqualTo(200);
    WireMessage seen = bench.upstream().next(path);
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.body().getBytes(ISO_8859_1)).as("the body").isEqualTo(request.body());
    assertThat(mcpFields(seen.fields()))
        .as("the fields")
        .containsExactlyInAnyOrderElementsOf(mcpFields(request.fields()));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "discover",
        "tools-list",
        "tools-call",
        "input-required",
        "header-mismatch",
        "missing-capability",
        "unsupported-version",
        "method-not-found",
        "bad-request-empty"
      })
  void answer_arrivesAsGiven(String name) {
    Fixture answer = Fixture.read(name + ".answer");
    bench.upstream().on(path, (_, wire) -> wire.send(answer.onTheWire()));
    WireMessage seen = exchange(Fixture.read("tools-call.request"));
    assertThat(seen.status()).isEqualTo(answer.status());
    assertThat(seen.body().getBytes(ISO_8859_1)).as("the body").isEqualTo(answer.body());
    assertThat(seen.header("Content-Type")).isEqualTo(answer.header("Content-Type"));
    assertThat(seen.headers("Mcp-Session-Id")).as("no session is made up").isEmpty();
  }

  @Test
  void eventStream_isDeliveredEventByEvent() throws Exception {
    List<String> events = Fixture.events("tools-call-stream.answer");
    CountDownLatch firstSeen = new CountDownLatch(1);
    bench
        .upstream()
        .on(
            path,
            (_, wire) -> {
              wire.send(streamHead());
              wire.chunk(events.getFirst());
              try {
                assertThat(firstSeen.await(20, TimeUnit.SECONDS)).isTrue();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              for (String event : events.subList(1, events.size())) {
                wire.chunk(event);
              }
              wire.send("0\r\n\r\n");
            });
    try (RawConnection client = send(Fixture.read("tools-call.request"))) {
      WireMessage head = client.head();
      assertThat(head.header("Content-Type")).contains("text/event-stream");
      assertThat(head.header("X-Accel-Buffering")).contains("no");
      assertThat(new String(client.chunk(), UTF_8))
          .as("the first event, while the rest is not produced")
          .isEqualTo(events.getFirst());
      firstSeen.countDown();
      assertThat(rest(client)).isEqualTo(String.join("", events.subList(1, events.size())));
    }
  }

  @Test
  @DisplayName("ALL-3 a subscriptions/listen stream is cut on both sides by a revoke")
  void subscription_whenTheKeyIsRevoked_isCut() throws Exception {
    List<String> events = Fixture.events("subscriptions-listen.answer");
    CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
    bench
        .upstream()
        .on(
            path,
            (_, wire) -> {
              wire.send(streamHead());
              wire.chunk(events.getFirst());
              cancelled.complete(wire.isCut());
            });
    try (RawConnection client = send(Fixture.read("subscriptions-listen.request"))) {
      assertThat(client.head().status()).isEqualTo(200);
      assertThat(new String(client.chunk(), UTF_8)).isEqualTo(events.getFirst());
      bench.keyway().tenants().revoke(key.id());
      assertThat(client.isCut()).isTrue();
      assertThat(cancelled.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void clientThatClosesTheStream_cancelsTheRequest() throws Exception {
    CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
    bench
        .upstream()
        .on(
            path,
            (_, wire) -> {
              wire.send(streamHead());
              wire.chunk(": keep-alive\r\n\r\n");
              cancelled.complete(wire.isCut());
            });
    try (RawConnection client = send(Fixture.read("subscriptions-listen.request"))) {
      client.head();
      assertThat(new String(client.chunk(), UTF_8)).isEqualTo(": keep-alive\r\n\r\n");
    }
    assertThat(cancelled.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"GET", "DELETE"})
  void methodThatARevisionLacks_isTheUpstreamsToRefuse(String method) {
    bench
        .upstream()
        .on(
            path,
            (_, wire) ->
                wire.send(
                    "HTTP/1.1 405 Method Not Allowed\r\nAllow: POST\r\nContent-Length: 0\r\n\r\n"));
    try (RawConnection client = bench.door().connect()) {
      WireMessage answer =
          client
              .send(method + " /echo" + path + " HTTP/1.1", "Authorization: " + key.bearer())
              .answer();
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.header("Allow")).contains("POST");
    }
  }

  private WireMessage exchange(Fixture request) {
    try (RawConnection client = send(request)) {
      return client.answer();
    }
  }

  private RawConnection send(Fixture request) {
    RawConnection client = bench.door().connect();
    StringBuilder head =
        new StringBuilder("POST /echo" + path + " HTTP/1.1\r\nHost: " + client.host() + "\r\n");
    head.append("Authorization: ").append(key.bearer()).append("\r\n");
    head.append("Content-Length: ").append(request.body().length).append("\r\n");
    request.fields().forEach(field -> head.append(field).append("\r\n"));
    return client.write(head.append("\r\n").toString().getBytes(ISO_8859_1)).write(request.body());
  }

  private static String streamHead() {
    return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Accel-Buffering: no\r\nTransfer-Encoding: chunked\r\n\r\n";
  }

  private static String rest(RawConnection client) {
    StringBuilder rest = new StringBuilder();
    for (byte[] chunk = client.chunk(); chunk.length > 0; chunk = client.chunk()) {
      rest.append(new String(chunk, UTF_8));
    }
    return rest.toString();
  }

  /**
   * The fields that MCP gives a meaning, with names in lower case, for those are compared without
   * regard to case.
   */
  private static List<String> mcpFields(List<String> fields) {
    return fields.stream()
        .map(field ->
            field.substring(0, field.indexOf(':')).toLowerCase(Locale.ROOT)
                + ":"
                + field.substring(field.indexOf(':') + 1).strip())
        .filter(field ->
            field.startsWith("mcp-")
                || field.startsWith("accept:")
                || field.startsWith("content-type:"))
        .toList();
  }

  /**
   * A message from the fixtures' folder: the first line and the fields, and everything after the
   * empty line.
   */
  private record Fixture(List<String> head, String text) {

    static Fixture read(String name) {
      String[] parts = Resource.text(FIXTURES + name).split("\n\n", 2);
      return new Fixture(parts[0].lines().toList(), parts.length == 1 ? "" : parts[1]);
    }

    /** The events of a stream, each with its closing empty line. */
    static List<String> events(String name) {
      return Pattern.compile("\n\n")
          .splitAsStream(read(name).text().strip())
          .map(event -> event + "\n\n")
          .toList();
    }

    List<String> fields() {
      return head.subList(1, head.size());
    }

    int status() {
      return Integer.parseInt(head.getFirst().split(" ", 3)[1]);
    }

    Optional<String> header(String name) {
      return new WireMessage(head.getFirst(), fields(), "").header(name);
    }

    byte[] body() {
      return text.getBytes(UTF_8);
    }

    String onTheWire() {
      return String.join("\r\n", head) + "\r\nContent-Length: " + body().length + "\r\n\r\n" + text;
    }
  }
}
