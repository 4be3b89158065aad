package dev.keyway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.demo.modern.ModernFixture;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stateless server against the specification's fixtures. */
final class ModernMcpTest {

  private static final SampleUpstreams samples =
      SampleUpstreams.start(new SampleResources(), List.of());

  @AfterAll
  static void stop() {
    samples.close();
  }

  private static String[] flat(Map<String, String> headers) {
    List<String> flat = new ArrayList<>();
    headers.forEach((name, value) -> {
      flat.add(name);
      flat.add(value);
    });
    return flat.toArray(String[]::new);
  }

  private static HttpResponse<String> send(ModernFixture fixture, String... more) {
    List<String> headers = new ArrayList<>(List.of(flat(fixture.headers())));
    headers.addAll(List.of(more));
    return Http.send(
        fixture.method(),
        samples.modern(),
        fixture.path(),
        fixture.body(),
        headers.toArray(String[]::new));
  }

  private static HttpResponse<Stream<String>> listen(URI modern) {
    ModernFixture fixture = ModernFixture.subscription();
    return Http.stream(
        fixture.method(), modern, fixture.path(), fixture.body(), flat(fixture.headers()));
  }

  static List<String> fixtures() {
    return ModernFixture.names();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void fixture_isAnsweredToTheByte(String name) {
    ModernFixture fixture = ModernFixture.named(name);
    HttpResponse<String> answer = send(fixture);
    assertThat(answer.body()).isEqualTo(fixture.responseBody());
    assertThat(answer.statusCode()).isEqualTo(fixture.status());
    fixture
        .responseHeaders()
        .forEach(
            (header, value) -> assertThat(answer.headers().firstValue(header)).hasValue(value));
    assertThat(answer.headers().firstValue("Mcp-Session-Id")).isEmpty();
  }

  @Test
  void subscription_opensAsTheFixtureAndGoesOn() {
    String opening = ModernFixture.subscription().responseBody();
    HttpResponse<Stream<String>> answer = listen(samples.modern());
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    assertThat(answer.headers().firstValue("X-Accel-Buffering")).hasValue("no");
    List<String> begin = opening.lines().toList();
    try (Stream<String> lines = answer.body()) {
      List<String> seen = lines.limit(begin.size() + 3).toList();
      assertThat(seen.subList(0, begin.size())).isEqualTo(begin);
      assertThat(seen.get(begin.size())).isEqualTo("event: message");
      assertThat(seen.get(begin.size() + 1)).contains("notifications/resources/updated");
    }
  }

  @Test
  void subscription_whenTheServerStops_endsWithItsResult() {
    SampleUpstreams stopping = SampleUpstreams.start(new SampleResources(), List.of());
    Iterator<String> lines = listen(stopping.modern()).body().iterator();
    assertThat(lines.next()).isEqualTo("event: message");
    stopping.close();
    List<String> rest = new ArrayList<>();
    lines.forEachRemaining(rest::add);
    assertThat(rest).endsWith("data: " + ModernFixture.subscriptionEnding(), "");
  }

  @Test
  void countSlowly_firstProgress_arrivesWhileTheCallIsOpen() {
    ModernFixture fixture = ModernFixture.named("tools-call-progress");
    String body =
        fixture
            .body()
            .replace("\"steps\":2,\"interval_ms\":0", "\"steps\":1000,\"interval_ms\":100");
    HttpResponse<Stream<String>> answer =
        Http.stream("POST", samples.modern(), "/mcp", body, flat(fixture.headers()));
    try (Stream<String> lines = answer.body()) {
      assertThat(lines.limit(2).toList().getLast()).contains("notifications/progress", "1 of 1000");
    }
  }

  @Test
  void countSlowly_withoutToken_sendsOnlyCommentsAndTheResult() {
    ModernFixture fixture = ModernFixture.named("tools-call-progress");
    HttpResponse<String> answer =
        Http.send(
            "POST",
            samples.modern(),
            "/mcp",
            fixture.body().replace(",\"progressToken\":\"p-1\"", ""),
            flat(fixture.headers()));
    assertThat(answer.body()).startsWith(":\n\n:\n\nevent: message\ndata: ");
  }

  @Test
  void resourcesRead_knownResource_isNotToBeKept() {
    HttpResponse<String> answer =
        Http.send(
            "POST",
            samples.modern(),
            "/mcp",
            ModernFixture.named("resources-read-unknown")
                .body()
                .replace("demo://none", "demo://clock"),
            "Content-Type",
            "application/json",
            "Accept",
            "application/json, text/event-stream",
            "MCP-Protocol-Version",
            "2026-07-28",
            "Mcp-Method",
            "resources/read",
            "Mcp-Name",
            "demo://clock");
    assertThat(answer.body()).contains("\"ttlMs\":0", "\"uri\":\"demo://clock\"", "\"text\":\"20");
  }

  @Test
  void whoami_tellsTheGatewaysIdentity() {
    ModernFixture fixture = ModernFixture.named("tools-call-unknown-tool");
    HttpResponse<String> answer =
        Http.send(
            "POST",
            samples.modern(),
            "/mcp",
            fixture.body().replace("no_such_tool", "whoami"),
            "Content-Type",
            "application/json",
            "Accept",
            "application/json, text/event-stream",
            "MCP-Protocol-Version",
            "2026-07-28",
            "Mcp-Method",
            "tools/call",
            "Mcp-Name",
            "whoami",
            "Keyway-Key-Id",
            "key_1",
            "Keyway-Workspace-Id",
            "ws_1");
    assertThat(answer.body())
        .contains(
            "\"structuredContent\":{\"key\":\"key_1\",\"account\":null,\"workspace\":\"ws_1\",\"resource\":null}");
  }

  @ParameterizedTest
  @CsvSource({"Mcp-Method,tools/call", "MCP-Protocol-Version,2026-07-28", "Mcp-Name,get_forecast"})
  void headerGivenTwice_isAMismatch(String header, String value) {
    HttpResponse<String> answer = send(ModernFixture.named("tools-call"), header, value);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("-32020", header + " is given more than once");
  }

  @Test
  void paramHeaderWithoutParam_isAMismatch() {
    HttpResponse<String> answer =
        send(ModernFixture.named("tools-call"), "Mcp-Param-Region", "us-west1");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("-32020");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null"})
  void foreignOrigin_isForbidden(String origin) {
    assertThat(send(ModernFixture.named("discover"), "Origin", origin).statusCode()).isEqualTo(403);
  }

  @Test
  void ownOrigin_passes() {
    assertThat(
            send(ModernFixture.named("discover"), "Origin", "http://localhost:5173").statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain,'application/json, text/event-stream',415",
    "application/json,application/json,406",
    "application/json,*/*,406"
  })
  void otherMediaTypes_areRefused(String contentType, String accept, int status) {
    HttpResponse<String> answer =
        Http.send(
            "POST", samples.modern(), "/mcp", "{}", "Content-Type", contentType, "Accept", accept);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains("-32600").doesNotContain("\"id\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}]",
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"tools/list\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"tools/list\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"tools/list\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"
      })
  void noRequest_isRefused(String body) {
    HttpResponse<String> answer =
        Http.send(
            "POST",
            samples.modern(),
            "/mcp",
            body,
            flat(ModernFixture.named("tools-list").headers()));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).containsPattern("-32(600|700)");
  }
}
