package dev.keyway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The use of keys over time. Nothing listens where the upstream should be: 502 says that a request
 * was admitted.
 */
@DisplayName("Usage")
final class UsageConformanceTest {
  private static final String DEAD = "/echo/dead";
  private static final String CLAUDE = "claude-code/2.1.317 (cli)";

  @TempDir private Path folder;

  @Test
  @DisplayName("ALL-6 requests, refusals and clients appear at once, and a restart keeps them")
  void use_appearsAtOnce_andSurvivesARestart() throws IOException {
    NewKey key;
    JsonNode before;
    Path data = newStore();
    try (ServedKeyway keyway = ServedKeyway.start(data, "", Map.of())) {
      key = newKey(keyway);
      assertThat(usage(keyway.operator(), key, "").at("/requests").asLong()).isZero();
      use(keyway, key, 3, CLAUDE);
      use(keyway, key, 1, "node");
      use(keyway, key, 1, "python-httpx/0.28.1");
      int limited = 0;
      for (int i = 0; i < 7; i++) {
        var answer =
            keyway.door().get("/echo/few", "Authorization", key.bearer(), "User-Agent", "node");
        limited += answer.status() == 429 ? 1 : 0;
      }
      // Two, unless they took so long that the first of them no longer counted.
      assertThat(limited).isPositive();
      keyway.tenants().verify(key.secret(), null, null);
      keyway.tenants().revoke(key.id());
      use(keyway, key, 2, CLAUDE, 401);

      before = usage(keyway.operator(), key, "");
      int admitted = 7 - limited;
      // One is what verify was asked about.
      assertThat(before.at("/requests").asLong()).isEqualTo(5 + admitted + 1);
      assertThat(before.at("/refusals")).isEqualTo(Json.of("rate_limited", limited, "revoked", 2));
      assertThat(clients(before))
          .containsExactlyInAnyOrder(
              "claude-code/2.1.317 127.0.0.0/24 3",
              "node 127.0.0.0/24 " + (1 + admitted),
              "python-httpx/0.28.1 127.0.0.0/24 1");
      assertThat(before.at("/recent_refusals").size()).isEqualTo(limited + 2);
      assertThat(before.at("/recent_refusals/0/reason").asText()).isEqualTo("revoked");
      assertThat(before.at("/recent_refusals/0/address").asText()).isEqualTo("127.0.0.1");
      assertThat(before.at("/accuracy_seconds").asInt()).isEqualTo(5);
    }
    try (ServedKeyway keyway = ServedKeyway.start(data, "", Map.of())) {
      JsonNode after = usage(keyway.operator(), key, "");
      for (String member : List.of("requests", "refusals", "clients")) {
        assertThat(after.path(member)).as(member).isEqualTo(before.path(member));
      }
      assertThat(after.at("/recent_refusals").size()).isZero();
    }
  }

  @Test
  @DisplayName("steps are whole and filled; what was written before a crash is there after it")
  void steps_areWhole_andUseWrittenBeforeACrashIsKept() throws IOException {
    ServedKeyway keyway = ServedKeyway.start(newStore(), "", Map.of());
    stepsAreWholeAndFilledWithZeros(keyway);
    NewKey key = newKey(keyway);
    use(keyway, key, 4, "node");
    Eventually.holds(
        "everything is written",
        Duration.ofSeconds(15),
        () -> keyway.anonymous().get("/metrics").body().contains("keyway_usage_waiting 0"));
    try (ServedKeyway again = keyway.killAndStartAgain()) {
      JsonNode after = usage(again.operator(), key, "");
      assertThat(after.at("/requests").asLong()).isEqualTo(4);
      assertThat(clients(after)).containsExactly("node 127.0.0.0/24 4");
    }
  }

  @Test
  @DisplayName("ALL-1 a secret in the User-Agent is nowhere in the answer, nor in the store")
  void userAgent_withASecret_isNotKept() throws IOException {
    Path data = newStore();
    NewKey key;
    try (ServedKeyway keyway = ServedKeyway.start(data, "", Map.of())) {
      key = newKey(keyway);
      String secret = key.secret();
      use(keyway, key, 1, secret);
      use(keyway, key, 1, "client/1 (" + secret + ")");
      use(keyway, key, 1, "client/" + secret);
      use(keyway, key, 1, "client/1 token/" + secret.substring(4, 60));
      use(keyway, key, 1, "client/1 " + "x".repeat(2_000));

      Answer answer = keyway.operator().get("/v1/keys/" + key.id() + "/usage").expect(200);

      assertThat(answer.body()).doesNotContain(secret.substring(20, 40));
      assertThat(clients(answer.json()))
          .containsExactlyInAnyOrder("null 127.0.0.0/24 4", "client/1 127.0.0.0/24 1");
    }
    for (String file : List.of("keyway.db", "keyway.log")) {
      assertThat(Files.readString(data.resolve(file), StandardCharsets.ISO_8859_1))
          .doesNotContain(key.secret().substring(20, 40));
    }
  }

  private static void stepsAreWholeAndFilledWithZeros(ServedKeyway keyway) {
    Api operator = keyway.operator();
    NewKey key = newKey(keyway);
    NewKey other = newKey(keyway);
    use(keyway, key, 2, "node");

    JsonNode days = usage(operator, key, "");
    assertThat(days.at("/data").size()).isEqualTo(30);
    assertThat(days.at("/step").asText()).isEqualTo("day");
    // It may be another day by now than when the answer was made: all is told from the answer.
    Instant from = Instant.parse(days.at("/from").asText());
    assertThat(from).isEqualTo(from.truncatedTo(ChronoUnit.DAYS));
    assertThat(Instant.parse(days.at("/to").asText())).isEqualTo(from.plus(Duration.ofDays(30)));
    assertThat(sum(days.at("/data"), "/requests")).isEqualTo(2);
    assertThat(days.at("/data/0"))
        .isEqualTo(Json.of("at", from.toString(), "requests", 0, "refusals", Map.of()));
    assertThat(days.at("/data/29/at").asText())
        .isEqualTo(from.plus(Duration.ofDays(29)).toString());

    JsonNode hours = usage(operator, key, "?step=hour");
    assertThat(hours.at("/data").size()).isEqualTo(168);
    assertThat(hours.at("/requests").asLong()).isEqualTo(2);
    JsonNode past =
        usage(operator, key, "?from=2001-01-01T00:30:00Z&to=2001-01-02T00:00:00Z&step=hour");
    assertThat(past.at("/data").size()).isEqualTo(24);

    JsonNode many =
        operator
            .get("/v1/usage?days=3&keys=" + other.id() + ",key_000000000000," + key.id())
            .expect(200)
            .json();
    List<Integer> zeros = List.of(0, 0, 0);
    assertThat(many.at("/data").size()).isEqualTo(2);
    assertThat(many.at("/data/0"))
        .isEqualTo(Json.of("key", other.id(), "requests", zeros, "refusals", zeros));
    assertThat(many.at("/data/1/requests").size()).isEqualTo(3);
    assertThat(sum(many.at("/data/1/requests"), "")).isEqualTo(2);
    assertThat(many.at("/step").asText()).isEqualTo("day");

    wrongQuestions(operator, key);
  }

  private static long sum(JsonNode list, String member) {
    long sum = 0;
    for (JsonNode one : list) {
      sum += one.at(member).asLong();
    }
    return sum;
  }

  private static void wrongQuestions(Api operator, NewKey key) {
    String one = "/v1/keys/" + key.id() + "/usage?";
    for (String query :
        List.of(
            "step=week",
            "step=hour&from=2026-01-01T00:00:00Z&to=2026-01-09T00:00:00Z",
            "from=2024-01-01T00:00:00Z&to=2026-01-01T00:00:00Z",
            "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
            "from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z",
            "from=yesterday",
            "form=2026-01-01T00:00:00Z")) {
      operator.get(one + query).problem(400, "invalid_request");
    }
    String tooMany =
        String.join(",", IntStream.range(0, 101).mapToObj("key_%012d"::formatted).toList());
    for (String query :
        List.of(
            "",
            "keys=",
            "keys=key_1",
            "keys=" + tooMany,
            "keys=" + key.id() + "&days=0",
            "keys=" + key.id() + "&days=91",
            "keys=" + key.id() + "&days=x")) {
      operator.get("/v1/usage?" + query).problem(400, "invalid_request");
    }
    operator.get("/v1/keys/key_000000000000/usage").problem(404, "not_found");
  }

  private Path newStore() throws IOException {
    Path data = Files.createTempDirectory(folder, "store");
    Path profiles = Files.createDirectories(data.resolve("profiles"));
    Files.writeString(
        profiles.resolve("echo.yaml"),
        Resource.text("bench/echo.yaml")
            .replace("http://upstream.invalid", "http://127.0.0.1:1")
            .replace("${env:BENCH_UPSTREAM_SECRET}", "unused"));
    return data;
  }

  private static NewKey newKey(ServedKeyway keyway) {
    return keyway.tenants().key("echo", keyway.tenants().account("echo"));
  }

  private static void use(ServedKeyway keyway, NewKey key, int times, String userAgent) {
    use(keyway, key, times, userAgent, 502);
  }

  private static void use(
      ServedKeyway keyway, NewKey key, int times, String userAgent, int status) {
    for (int i = 0; i < times; i++) {
      keyway
          .door()
          .get(DEAD, "Authorization", key.bearer(), "User-Agent", userAgent)
          .expect(status);
    }
  }

  private static JsonNode usage(Api caller, NewKey key, String query) {
    return caller.get("/v1/keys/" + key.id() + "/usage" + query).expect(200).json();
  }

  /** Each as name, network and number of requests. */
  private static List<String> clients(JsonNode usage) {
    var clients = new ArrayList<String>();
    for (JsonNode client : usage.at("/clients")) {
      assertThat(Instant.parse(client.at("/first_seen_at").asText()))
          .isBeforeOrEqualTo(Instant.parse(client.at("/last_seen_at").asText()));
      clients.add(
          client.at("/client").asText()
              + " "
              + client.at("/address").asText()
              + " "
              + client.at("/requests").asText());
    }
    return clients;
  }
}
