package dev.keyway.conformance.garbage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Bench;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.RawConnection;
import dev.keyway.conformance.harness.WireMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever header a client sends, the upstream learns of Keyway, of the client's address and of the
 * way the request came from Keyway alone. In each row {@code forged} is what must not arrive.
 */
@DisplayName("Garbage: nobody speaks in Keyway's name")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HeaderTricksTest {

  private final Bench bench = Bench.shared();
  private final NewKey key = bench.key("echo");

  @ParameterizedTest(name = "[{index}] {0}")
  @ValueSource(
      strings = {
        "Keyway-Key-Id: forged",
        "KEYWAY-key-id: forged",
        "Keyway_Account_Id: forged",
        "keyway_account-id: forged",
        "KEYWAY_KEY_ID: forged",
        "Keyway-: forged",
        "Keyway-Status: forged",
        "Keyway-Identity: forged",
        "Keyway-Request-Id: forged",
        "Connection: Keyway-Key-Id, Authorization",
        "Connection: keyway-key-id|Connection: keyway_account_id",
        "Connection: close, Keyway-Account-Id",
        "Connection: keep-alive, X-Upstream-Secret|X-Upstream-Secret: forged",
        "Connection: x-forwarded-for|X-Forwarded-For: forged",
        "X-Own: forged|Connection: X-Own",
        "X_Own: forged|Connection: X-Own",
        "x_upstream_secret: forged",
        "Proxy-Authorization: forged",
        "Proxy-Connection: forged",
        "Proxy_Authorization: forged",
        "X-Forwarded-For: forged",
        "X_Forwarded_For: forged",
        "X-Forwarded-Host: forged",
        "X-Forwarded-Proto: forged",
        "X-Forwarded-Prefix: forged",
        "X-Forwarded-Uri: forged",
        "X-Original-URI: /forged",
        "X-Original-URL: /forged",
        "X-Rewrite-URL: /forged",
        "X-Real-IP: forged",
        "Forwarded: for=forged",
        "X-HTTP-Method-Override: forged",
        "X-Method-Override: forged",
        "TE: forged",
        "Trailer: forged",
        "Keep-Alive: forged",
        "HTTP2-Settings: forged",
        "Upgrade: forged|Connection: Upgrade",
        "Cookie: keyway_session=forged",
        "Cookie: a=b; __Host-keyway=forged; c=d",
        "Cookie: KEYWAY_SESSION=forged",
        "Cookie: =forged"
      })
  void header(String fields) {
    String path = Bench.unique("/t");
    bench.upstream().on(path, (_, wire) -> wire.respond(200, "text/plain", "ok"));
    List<String> lines = new ArrayList<>();
    lines.add("GET /echo" + path + " HTTP/1.1");
    lines.add("Authorization: " + key.bearer());
    lines.addAll(List.of(fields.split("\\|")));
    try (RawConnection connection = bench.door().connect()) {
      assertThat(connection.send(lines.toArray(String[]::new)).answer().status()).isEqualTo(200);
    }
    WireMessage seen = bench.upstream().next(path);
    assertThat(seen.toString()).doesNotContain("forged").doesNotContain(key.secret());
    assertThat(seen.target()).isEqualTo(path);
    assertThat(seen.headers("Keyway-Key-Id")).containsExactly(key.id());
    assertThat(seen.headers("Keyway-Account-Id"))
        .containsExactly(key.key().at("/created_by").asText());
    assertThat(seen.headers("Keyway-Request-Id")).hasSize(1);
    assertThat(seen.headers("X-Upstream-Secret")).containsExactly(Bench.UPSTREAM_SECRET);
    assertThat(seen.headers("X-Forwarded-For")).containsExactly("127.0.0.1");
    assertThat(seen.headers("X-Forwarded-Host"))
        .containsExactly(bench.keyway().gateway().getAuthority());
  }
}
