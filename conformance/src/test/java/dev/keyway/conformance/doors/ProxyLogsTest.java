package dev.keyway.conformance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.doors.Way.Question;
import dev.keyway.conformance.harness.Basic;
import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import dev.keyway.conformance.harness.WireUpstream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proxies that are run by the shipped configurations log requests, and no key. */
@DisplayName("Doors: what proxies write")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProxyLogsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");

  private final WireUpstream upstream = upstream(200);
  private final WireUpstream broken = upstream(503);
  private final ServedKeyway keyway =
      ServedKeyway.start(
          Map.of(
              "memorylake.yaml",
              Resource.text("doors/memorylake.yaml")
                  .replace("http://upstream.invalid", upstream.address().toString())),
          Map.of());
  private final NewKey key =
      keyway.tenants().key("memorylake", keyway.tenants().account("memorylake"));

  private static WireUpstream upstream(int status) {
    WireUpstream upstream = WireUpstream.start();
    upstream.otherwise((_, wire) -> wire.respond(status, "text/plain", "the upstream"));
    return upstream;
  }

  @AfterAll
  void close() {
    keyway.close();
    upstream.close();
    broken.close();
  }

  @ParameterizedTest
  @EnumSource(Proxy.Kind.class)
  void keywayAnswers_noKeyIsWritten(Proxy.Kind kind) {
    check(kind, keyway.control(), upstream.address());
  }

  @ParameterizedTest
  @EnumSource(Proxy.Kind.class)
  void upstreamIsDown_noKeyIsWritten(Proxy.Kind kind) {
    check(kind, keyway.control(), NOBODY);
  }

  @ParameterizedTest
  @EnumSource(Proxy.Kind.class)
  void keywayIsDown_noKeyIsWritten(Proxy.Kind kind) {
    check(kind, NOBODY, upstream.address());
  }

  @ParameterizedTest
  @EnumSource(Proxy.Kind.class)
  void keywayIsBroken_noKeyIsWritten(Proxy.Kind kind) {
    check(kind, broken.address(), upstream.address());
  }

  private void check(Proxy.Kind kind, URI control, URI behind) {
    String secret = key.secret();
    String query = "?apikey=" + secret;
    String basic = Basic.of(secret, secret);
    try (Proxy proxy = Proxy.start(kind, "memorylake", control, behind)) {
      var way = new Way.Behind(kind, proxy, proxy);
      List<Question> questions =
          List.of(
              Question.get("/items/query" + query),
              Question.get("/items/header", "X-API-Key: " + secret),
              Question.get("/items/basic", "Authorization: " + basic),
              Question.get(
                  "/items/all" + query,
                  "Authorization: Bearer " + secret,
                  "X-API-Key: " + secret,
                  "Proxy-Authorization: " + basic,
                  "X_Api_Key: " + secret,
                  "Cookie: keyway_session=" + secret,
                  "Referer: https://app.example/p" + query));
      questions.forEach(question -> way.ask("memorylake", question));
      for (String path : List.of("/items/query", "/items/header", "/items/basic", "/items/all")) {
        Eventually.holds(path + " is logged", PATIENCE, () -> proxy.written().contains(path));
      }
      assertThat(proxy.written())
          .doesNotContain(secret)
          .doesNotContain(basic.substring("Basic ".length()));
    }
  }
}
