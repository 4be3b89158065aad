package dev.keyway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.ServedKeyway;
import dev.keyway.conformance.harness.Tenants;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Limits of a key, its account and the calendar at once, through the API as operators see them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LayeredLimitConformanceTest {
  private static final String PROFILE =
      """
      product: layers
      title: Layers
      portal: {place: [Keys], create: New key, revoke: Revoke}
      key: {prefix: layers_, show: suffix, scope: account, expiry: {mode: fixed, after: 90d}}
      carriers: [bearer]
      limits:
        data: {requests: 10, per: 1m, by: key}
        mine: {requests: 14, per: 1h, by: member}
        monthly: {requests: 1000, per: month, by: member}
      limit_headers: both
      counts: {verify: [data, mine, monthly]}
      upstreams: {api: {url: null}}
      routes:
        - {path: /cheap, upstream: api, kind: http, limit: data}
        - {path: /dear, upstream: api, kind: http, limit: [data, mine], cost: 4}
      """;
  private static final String POLICY =
      "\"data\";q=10;w=60, \"mine\";q=14;w=3600, \"monthly\";q=1000";

  private ServedKeyway keyway;

  @BeforeAll
  void start() {
    keyway = ServedKeyway.start(Map.of("layers.yaml", PROFILE), Map.of());
  }

  @AfterAll
  void stop() {
    keyway.close();
  }

  @Test
  @DisplayName("ALL-4 the binding limit is named, all are told, and a refusal counts in none")
  void limitsTogether_nameTheBindingOne_andRefusalsCostNothing() {
    Tenants tenants = keyway.tenants();
    String account = tenants.account("layers");
    NewKey one = tenants.create(Json.of("product", "layers", "account", account));
    NewKey other = tenants.create(Json.of("product", "layers", "account", account));

    Answer first = verify(one, 9);
    assertThat(first.json().get("valid").asBoolean()).isTrue();
    assertThat(first.header("ratelimit").orElse("")).startsWith("\"data\";r=1;t=");
    assertThat(first.header("ratelimit-policy")).contains(POLICY);
    assertThat(first.header("x-ratelimit-limit")).contains("10");
    assertThat(first.header("x-ratelimit-remaining")).contains("1");
    // Refused by the key's limit: nothing is taken from the account's.
    for (int i = 0; i < 5; i++) {
      Answer refused = verify(one, 2);
      assertThat(refused.json().get("code").asText()).isEqualTo("rate_limited");
      assertThat(binding(refused)).isEqualTo("data");
      assertThat(refused.header("retry-after")).isPresent();
    }

    Answer second = verify(other, 5);
    assertThat(second.json().get("valid").asBoolean()).isTrue();
    assertThat(binding(second)).isEqualTo("mine");
    assertThat(second.header("ratelimit").orElse("")).startsWith("\"mine\";r=0;t=");
    // The account's limit is full; the key's own has room.
    Answer third = verify(other, 1);
    assertThat(binding(third)).isEqualTo("mine");
    assertThat(Integer.parseInt(third.header("retry-after").orElse("0"))).isBetween(3_400, 3_601);
    assertThat(third.json().at("/limit/by").asText()).isEqualTo("member");
    assertThat(third.header("x-ratelimit-reset")).isPresent();
  }

  @Test
  @DisplayName("ALL-4 a dear route costs more, from memory as from the store, and refusals nothing")
  void routeWithCost_countsAtTheDoor_andRefusalsCostNothing() {
    Tenants tenants = keyway.tenants();
    String account = tenants.account("layers");
    NewKey key = tenants.create(Json.of("product", "layers", "account", account));

    assertThat(ask(key, "/dear").header("ratelimit").orElse("")).startsWith("\"data\";r=6;t=");
    assertThat(ask(key, "/dear").header("ratelimit").orElse("")).startsWith("\"data\";r=2;t=");
    for (int i = 0; i < 3; i++) {
      Answer refused = ask(key, "/dear");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("ratelimit").orElse("")).startsWith("\"data\";");
      assertThat(refused.header("ratelimit-policy"))
          .contains("\"data\";q=10;w=60, \"mine\";q=14;w=3600");
    }

    assertThat(ask(key, "/cheap").header("x-ratelimit-remaining")).contains("1");
    assertThat(ask(key, "/cheap").header("x-ratelimit-remaining")).contains("0");
    assertThat(ask(key, "/cheap").status()).isEqualTo(429);
  }

  private Answer ask(NewKey key, String path) {
    return Api.anonymous(keyway.control())
        .bearer(key.secret())
        .with("X-Forwarded-Method", "GET")
        .with("X-Forwarded-Uri", path)
        .get("/authz/layers");
  }

  private Answer verify(NewKey key, int cost) {
    JsonNode body = Json.of("key", key.secret(), "cost", cost);
    return keyway.operator().post("/v1/keys/verify", body).expect(200);
  }

  private static String binding(Answer answer) {
    return answer.json().at("/limit/limit").asText();
  }
}
