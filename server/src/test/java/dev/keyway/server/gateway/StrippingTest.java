package dev.keyway.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.server.door.TestProducts;
import dev.keyway.server.gateway.RawClient.Answer;
import dev.keyway.server.gateway.TestKeys.Issued;
import dev.keyway.server.gateway.TestUpstream.Conversation;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an upstream gets to see of a request, and a client of an answer. */
class StrippingTest {
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
  void request_carriesTheKeysIdentityAndNoCredential() throws Exception {
    client.ask("GET /memo/all", key.bearer(), "Accept: text/x", "X-Custom: a", "X-Custom: b");

    Conversation reached = gateway.upstream.next();
    assertThat(reached.header("Authorization")).isNull();
    assertThat(reached.header("Keyway-Key-Id")).isEqualTo(key.id().toString());
    assertThat(reached.header("Keyway-Account-Id")).isEqualTo("acc_0000000000000001");
    assertThat(reached.header("Keyway-Workspace-Id")).isEqualTo("ws_0000000000000001");
    assertThat(reached.header("Keyway-Resource-Id")).isNull();
    assertThat(reached.header("Keyway-Request-Id")).startsWith("req_");
    assertThat(reached.headers("X-Custom")).containsExactly("a", "b");
    assertThat(reached.header("Accept")).isEqualTo("text/x");
    assertThat(reached.header("Host")).startsWith("127.0.0.1:");
    assertThat(reached.header("X-Upstream-Secret")).isEqualTo("upstream-secret");
    assertThat(String.join("\n", reached.head())).doesNotContain(key.text());
  }

  @Test
  void resourceKey_namesItsResource() throws Exception {
    Issued lake = gateway.keys.issue("memorylake", TestProducts.LAKE, "res_1");
    client.ask("GET /memorylake/mcp/v1", lake.bearer());

    assertThat(gateway.upstream.next().header("Keyway-Resource-Id")).isEqualTo("res_1");
  }

  @Test
  @DisplayName("A client cannot speak in Keyway's or a proxy's name, however it spells it")
  void request_claims_areDropped() throws Exception {
    client.ask(
        "GET /memo/all",
        key.bearer(),
        "keyway-account-id: evil",
        "KEYWAY_KEY_ID: evil",
        "Keyway-Anything: evil",
        "Keyway_Identity: evil",
        "X_API_Key: ",
        "x-upstream_secret: evil",
        "X-Forwarded-For: evil",
        "X_Forwarded_Host: evil",
        "Forwarded: for=evil",
        "X-Real-IP: evil",
        "X-HTTP-Method-Override: evil",
        "X-Original-URL: /evil",
        "Proxy-Authorization: evil",
        "Keep-Alive: evil",
        "TE: evil",
        "X-Hop: evil",
        "Connection: keyway-account-id, x-hop, keep-alive");

    Conversation reached = gateway.upstream.next();
    assertThat(String.join("\n", reached.head())).doesNotContain("evil");
    assertThat(reached.headers("Keyway-Account-Id")).containsExactly("acc_0000000000000001");
    assertThat(reached.headers("X-Upstream-Secret")).containsExactly("upstream-secret");
    assertThat(reached.headers("X-Forwarded-For")).containsExactly("127.0.0.1");
    assertThat(reached.headers("X-Forwarded-Proto")).containsExactly("https");
    assertThat(reached.headers("X-Forwarded-Host")).containsExactly("gateway.example");
    assertThat(reached.headers("Connection")).isEmpty();
  }

  @Test
  void request_connectionNamingEssentials_breaksNothing() throws Exception {
    client.send(
        "POST /memo/all HTTP/1.1",
        "Host: x",
        key.bearer(),
        "Connection: content-length, host, authorization, keyway-key-id",
        "Content-Length: 3");
    client.write("abc");

    assertThat(client.read().status()).isEqualTo(200);
    Conversation reached = gateway.upstream.next();
    assertThat(reached.header("Content-Length")).isEqualTo("3");
    assertThat(reached.header("Keyway-Key-Id")).isEqualTo(key.id().toString());
  }

  @Test
  void request_ourCookies_areDroppedOthersStay() throws Exception {
    client.ask(
        "GET /memo/all",
        key.bearer(),
        "Cookie: a=1; __Host-keyway=secret; b=2",
        "Cookie: keyway_session=secret");

    assertThat(gateway.upstream.next().headers("Cookie")).containsExactly("a=1; b=2");
  }

  @Test
  @DisplayName("LAKE-7: a key in the referring page's address stays here too")
  void request_refererWithKey_losesTheKey() throws Exception {
    client.ask(
        "GET /memo/all", key.bearer(), "Referer: https://app.example/x?a=1&apikey=" + key.text());

    assertThat(gateway.upstream.next().header("Referer")).isEqualTo("https://app.example/x?a=1");
  }

  @Test
  void answer_hopsCookiesAndOurNames_areDropped() throws Exception {
    gateway.upstream.script(conversation ->
        conversation.answer(
            "HTTP/1.1 201 Created",
            "Content-Length: 0",
            "X-Custom: a",
            "X-Custom: b",
            "Set-Cookie: keyway_session=evil",
            "Set-Cookie: =keyway_session=evil",
            "Set-Cookie: keyway_session; Path=/",
            "Set-Cookie: mine=1; Path=/",
            "Set-Cookie: __Host-keyway = evil",
            "Keyway-Request-Id: evil",
            "Keep-Alive: timeout=evil",
            "X-Hop: evil",
            "Connection: x-hop",
            "Access-Control-Allow-Origin: evil",
            "Proxy-Authenticate: evil"));

    Answer answer = client.ask("GET /memo/all", key.bearer());

    assertThat(answer.status()).isEqualTo(201);
    assertThat(String.join("\n", answer.head())).doesNotContain("evil");
    assertThat(answer.headers("Set-Cookie")).isEqualTo(List.of("mine=1; Path=/"));
    assertThat(answer.headers("X-Custom")).containsExactly("a", "b");
    assertThat(answer.headers("Keyway-Request-Id")).hasSize(1);
  }

  @Test
  void redirect_isPassedOnNotFollowed() throws Exception {
    gateway.upstream.script(conversation ->
        conversation.write(
            "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"));

    Answer answer = client.ask("GET /memo/all", key.bearer());

    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("Location")).isEqualTo("/elsewhere");
    gateway.upstream.next();
    assertThat(gateway.upstream.wasReached()).isFalse();
  }
}
