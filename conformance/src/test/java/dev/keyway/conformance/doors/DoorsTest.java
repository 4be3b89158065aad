package dev.keyway.conformance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.doors.Way.Question;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.WireMessage;
import dev.keyway.conformance.harness.WireUpstream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The same situation gets the same answer through every door, and upstreams the same request. */
@DisplayName("Doors: one table of situations")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class DoorsTest {
  private static final String ORIGIN = "Origin: https://app.example";

  private final WireUpstream upstream = WireUpstream.start();
  private final ServedKeyway keyway = serve(upstream);
  private final Tenants tenants = keyway.tenants();
  private final Situations situations = new Situations(tenants);
  private final List<Proxy> proxies = new ArrayList<>();
  private final List<Way> ways = new ArrayList<>();

  private static ServedKeyway serve(WireUpstream upstream) {
    upstream.otherwise((_, wire) -> wire.respond(200, "text/plain", "the upstream"));
    String url = upstream.address().toString();
    return ServedKeyway.start(
        Map.of(
            "memo.yaml",
            Resource.text("doors/memo.yaml").replace("http://upstream.invalid", url),
            "memorylake.yaml",
            Resource.text("doors/memorylake.yaml").replace("http://upstream.invalid", url)),
        Map.of());
  }

  @BeforeAll
  void open() {
    ways.add(new Way.Gateway(keyway.gateway()));
    ways.add(new Way.ForwardAuth(keyway.control()));
    for (Proxy.Kind kind : Proxy.Kind.values()) {
      ways.add(new Way.Behind(kind, start(kind, "memo"), start(kind, "memorylake")));
    }
  }

  private Proxy start(Proxy.Kind kind, String product) {
    Proxy proxy = Proxy.start(kind, product, keyway.control(), upstream.address());
    proxies.add(proxy);
    return proxy;
  }

  @AfterAll
  void close() {
    proxies.forEach(Proxy::close);
    keyway.close();
    upstream.close();
  }

  List<Way> ways() {
    return ways;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  @Order(1)
  @DisplayName("MEMO-5: what is refused is refused alike, and reaches no upstream")
  void refusals_areTheSame(Way way) {
    int reached = upstream.count();
    for (Situations.Refused one : situations.refused()) {
      WireMessage answer = way.ask(one.product(), one.question());
      assertThat(describe(answer)).as("%s: %s", way, one.name()).isEqualTo(one.expected());
      assertThat(answer.header("Content-Type").orElse("")).contains("application/problem+json");
      assertThat(answer.headers("WWW-Authenticate")).hasSize(answer.status() == 401 ? 1 : 0);
      assertThat(answer.headers("Allow")).hasSize(answer.status() == 405 ? 1 : 0);
      // nginx refuses some by itself.
      assertThat(answer.headers("Keyway-Request-Id")).hasSizeLessThan(2);
    }
    assertThat(upstream.count()).as("%s: what reached the upstream", way).isEqualTo(reached);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  @Order(2)
  @DisplayName("MEMO-9: over the limit the client is told alike when to come again")
  void limit_isTheSame(Way way) {
    NewKey key = situations.memoKey();
    Question question = Question.get("/few", bearer(key), ORIGIN);
    for (int left = 1; left >= 0; left--) {
      WireMessage passed = way.ask("memo", question);
      assertThat(passed.status()).as("%s", way).isEqualTo(200);
      assertThat(passed.header("RateLimit").orElse("")).contains("\"few\"", "r=" + left);
    }
    WireMessage refused = way.ask("memo", question);
    assertThat(describe(refused)).isEqualTo("429 rate_limited");
    assertThat(Integer.parseInt(refused.header("Retry-After").orElseThrow())).isBetween(3590, 3601);
    assertThat(refused.headers("RateLimit")).hasSize(1);
    assertThat(refused.headers("RateLimit-Policy")).containsExactly("\"few\";q=2;w=3600");
    assertThat(refused.headers("Access-Control-Allow-Origin"))
        .containsExactly("https://app.example");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  @Order(3)
  void preflight_isAnsweredAndNeverForwarded(Way way) {
    int reached = upstream.count();
    var question =
        new Question(
            "OPTIONS",
            "/items",
            List.of(
                ORIGIN,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: authorization"),
            "");
    WireMessage answer = way.ask("memo", question);
    if (way.forwards()) {
      assertThat(answer.status()).as("%s", way).isEqualTo(204);
    } else {
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Keyway-Status")).contains("204");
    }
    assertThat(answer.headers("Access-Control-Allow-Origin"))
        .containsExactly("https://app.example");
    assertThat(answer.headers("Access-Control-Allow-Methods")).containsExactly("GET, HEAD, POST");
    assertThat(answer.headers("Access-Control-Allow-Headers")).containsExactly("authorization");
    assertThat(upstream.count()).isEqualTo(reached);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  @Order(4)
  @DisplayName("LAKE-7: the upstream hears whose key it is, and never the key")
  void upstream_hearsTheSame(Way way) {
    for (Situations.Passed one : situations.passed()) {
      WireMessage answer = way.ask(one.product(), one.question());
      assertThat(answer.status()).as("%s: %s", way, one.name()).isEqualTo(200);
      for (String name : List.of("Limit", "Remaining", "Reset")) {
        assertThat(answer.headers("X-RateLimit-" + name))
            .as("%s: %s", way, name)
            .hasSize(one.product().equals("memorylake") ? 1 : 0);
      }
      if (way.forwards()) {
        check(way, one, upstream.next(one.path()));
      } else {
        assertThat(answer.header("Keyway-Status")).contains("200");
        assertThat(answer.header("Keyway-Code")).contains("valid");
        assertThat(answer.headers("Keyway-Key-Id")).containsExactly(one.key().id());
      }
    }
  }

  private static void check(Way way, Situations.Passed one, WireMessage seen) {
    String all = seen.startLine() + "\n" + String.join("\n", seen.fields());
    assertThat(all)
        .as("%s: %s", way, one.name())
        .doesNotContain(one.key().secret())
        .doesNotContainIgnoringCase("forged")
        .doesNotContainIgnoringCase("keyway_session")
        .doesNotContainIgnoringCase("authorization")
        .doesNotContainIgnoringCase("x-api-key");
    assertThat(seen.method()).isEqualTo(one.question().method());
    assertThat(seen.target()).as("%s: %s", way, one.name()).isEqualTo(one.seen());
    assertThat(seen.text()).isEqualTo(one.question().body());
    assertThat(seen.headers("Keyway-Key-Id")).containsExactly(one.key().id());
    assertThat(seen.headers("Keyway-Account-Id"))
        .containsExactly(one.key().key().at("/created_by").asText());
    String workspace = one.workspace();
    assertThat(seen.headers("Keyway-Workspace-Id"))
        .as("%s: %s", way, one.name())
        .isEqualTo(workspace == null ? List.of() : List.of(workspace));
    assertThat(seen.headers("Keyway-Resource-Id")).isEmpty();
    assertThat(seen.headers("Keyway-Request-Id")).hasSize(1);
    assertThat(seen.headers("Keyway-Identity")).hasSize(one.path().equals("/signed") ? 1 : 0);
    assertThat(seen.headers("Referer"))
        .isEqualTo(
            one.path().equals(Situations.FROM_A_PAGE) ? List.of(Situations.PAGE) : List.of());
    assertThat(String.join(",", seen.headers("Connection"))).doesNotContainIgnoringCase("keyway");
    assertThat(seen.headers("Keyway-Status")).isEmpty();
    assertThat(seen.headers("Keyway-Code")).isEmpty();
    assertThat(seen.headers("Keyway-Target")).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  @Order(5)
  @DisplayName("ALL-3: a key that was good is refused by the next request after its revoke")
  void revoke_isSeenByTheNextRequest(Way way) {
    NewKey key = situations.memoKey();
    Question question = Question.get("/items", bearer(key));
    assertThat(way.ask("memo", question).status()).isEqualTo(200);
    tenants.revoke(key.id());
    assertThat(describe(way.ask("memo", question))).as("%s", way).isEqualTo("401 invalid_key");
  }

  @ParameterizedTest
  @EnumSource(Proxy.Kind.class)
  @Order(6)
  @DisplayName("ALL-5: what answers 200 in Keyway's place lets nothing pass")
  void somethingElseInKeywaysPlace_cannotVerify(Proxy.Kind kind) {
    try (Proxy proxy = Proxy.start(kind, "memo", upstream.address(), upstream.address())) {
      Question question = Question.get("/unasked", bearer(situations.memoKey()));
      WireMessage answer = new Way.Behind(kind, proxy, proxy).ask("memo", question);
      assertThat(describe(answer)).isEqualTo("503 cannot_verify");
      assertThat(answer.headers("Retry-After")).containsExactly("5");
      assertThat(upstream.waiting("/unasked")).isZero();
    }
  }

  @Test
  @Order(7)
  void haproxy_withoutAnUpstream_saysSoAsAProblem() {
    URI nobody = URI.create("http://127.0.0.1:1");
    try (Proxy proxy = Proxy.start(Proxy.Kind.HAPROXY, "memo", keyway.control(), nobody)) {
      Question question = Question.get("/items", bearer(situations.memoKey()));
      WireMessage answer = new Way.Behind(Proxy.Kind.HAPROXY, proxy, proxy).ask("memo", question);
      assertThat(describe(answer)).isEqualTo("503 unavailable");
      assertThat(answer.headers("Content-Type")).containsExactly("application/problem+json");
      assertThat(answer.headers("Retry-After")).containsExactly("5");
    }
  }

  @Test
  @Order(Integer.MAX_VALUE)
  @DisplayName("ALL-5: with Keyway stopped, proxies say 503, never 401 and never 200")
  void keywayStopped_cannotVerify() {
    Question good = Question.get("/items", bearer(situations.memoKey()));
    keyway.program().kill();
    int reached = upstream.count();
    for (Way way : ways) {
      if (way instanceof Way.Behind) {
        for (Question question : List.of(good, Question.get("/items"))) {
          WireMessage answer = way.ask("memo", question);
          assertThat(describe(answer)).as("%s", way).isEqualTo("503 cannot_verify");
          assertThat(answer.headers("Retry-After")).containsExactly("5");
        }
      }
    }
    assertThat(upstream.count()).isEqualTo(reached);
  }

  private static String bearer(NewKey key) {
    return "Authorization: " + key.bearer();
  }

  private static String describe(WireMessage answer) {
    return answer.status() + " " + answer.code();
  }
}
