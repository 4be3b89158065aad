package dev.keyway.conformance.garbage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Bench;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.RawConnection;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.WireMessage;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A path spelled in another way never passes where its plain form would not: not at a route that
 * takes another method, not at one that guards a resource, and not without a key.
 */
@DisplayName("Garbage: no path leads around a check")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PathTricksTest {

  private final Bench bench = Bench.shared();
  private final NewKey key = bench.key("echo");
  private final Tenants tenants = bench.keyway().tenants();
  private final String account = tenants.account("scoped");
  private final String own = tenants.resource("scoped", account, "project");
  private final String other = tenants.resource("scoped", account, "project");
  private final NewKey scoped =
      tenants.create(Json.of("product", "scoped", "account", account, "resource", own));

  /**
   * Spellings of {@code /<a>/<b>/<c>}; for each there are upstreams that read it as that path.
   * {@code <A>} is in capitals, {@code <%a>} has its first character escaped.
   */
  static Stream<String> spellings() {
    return Stream.of(
        "/<a>/<b>/<c>",
        "//<a>/<b>/<c>",
        "/<a>//<b>/<c>",
        "/<a>/<b>//<c>",
        "/./<a>/<b>/<c>",
        "/<a>/./<b>/<c>",
        "/<a>/<b>/./<c>",
        "/x/../<a>/<b>/<c>",
        "/<a>/x/../<b>/<c>",
        "/<a>/<b>/x/../<c>",
        "/<a>/<b>/<c>/.",
        "/<a>/<b>/<c>/x/..",
        "/<a>/<b>/<c>/",
        "/<a>/<b>/<c>//",
        "/<a>;x/<b>/<c>",
        "/<a>/<b>;x=1/<c>",
        "/<a>/<b>/<c>;x",
        "/<a>/<b>/<c>;",
        "/<a>/;x/<b>/<c>",
        "/<a>%2F<b>/<c>",
        "/<a>/<b>%2f<c>",
        "%2F<a>/<b>/<c>",
        "/<a>/<b>%2F/<c>",
        "/<a>/<b>%5C<c>",
        "/<a>\\<b>\\<c>",
        "/<a>/<b>\\<c>",
        "\\<a>\\<b>\\<c>",
        "/<a>/<b>%3B/<c>",
        "/<a>/<b>/<c>%3Bx",
        "/<a>/%2e/<b>/<c>",
        "/<a>/x/%2e%2e/<b>/<c>",
        "/<a>/x/.%2e/<b>/<c>",
        "/<a>/x/%2E./<b>/<c>",
        "/<a>/x/..;/<b>/<c>",
        "/<a>/x/%2e%2e;/<b>/<c>",
        "/<a>/x%2F..%2F<b>/<c>",
        "/<a>/x/%252e%252e/<b>/<c>",
        "/<a>%252F<b>/<c>",
        "/<a>/<b>/<c>%00",
        "/<a>/<b>/<c>%00x",
        "/<a>/<b>%00/<c>",
        "/<a>/<b>/<c>%20",
        "/<a>/<b>/<c>.",
        "/<a>/<b>/<c>..",
        "/<a>/<b>/<c>%2E",
        "/<a>/<b>./<c>",
        "/<a>/<b>../<c>",
        "/<a>/<b>%20/<c>",
        "/<a>/<b>%20./<c>",
        "/<a>/<b>/<c>%09",
        "/<a>/<b>/<c>%0a",
        "/<A>/<B>/<C>",
        "/<a>/<b>/<C>",
        "/<a>/<B>/<c>",
        "/<a>/<B>./<c>",
        "/<%a>/<b>/<c>",
        "/<a>/<%b>/<c>",
        "/<a>/<b>/<%c>",
        "/<a>/%25<%b>/<c>",
        "/<a>/<b>%C0%AF<c>",
        "/<a>/<b>%E0%80%AF<c>",
        "/<a>/<b>%c1%9c<c>",
        "/<a>/x/%c0%ae%c0%ae/<b>/<c>",
        "/<a>/<b>/<c>%FF",
        "/<a>/<b>/<c>%",
        "/<a>/<b>/<c>%2",
        "/<a>/<b>/<c>%zz",
        "/<a>/<b>/<c>#",
        "/<a>/<b>/<c>#x",
        "/<a>/<b>/<c>%23",
        "/<a>/<b>/<c>%3Fx",
        "/<a>/<b>/<c>\u00a0",
        "/<a>/\u00e9/../<b>/<c>");
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @MethodSource("spellings")
  void methodThatARouteDoesNotTake(String spelling) {
    String target = "/echo" + spelled(spelling, "t", "posts-only", "x");
    WireMessage answer = ask("GET " + target, key.bearer());
    assertThat(answer.status()).as(target).isIn(400, 404, 405);
    Refused.problem(answer, target);
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @MethodSource("spellings")
  void resourceOfSomebodyElse(String spelling) {
    for (String target :
        List.of(
            "/scoped" + spelled(spelling, "projects", other, "x"),
            "/scoped" + spelled(spelling, "projects", own + "/../" + other, "x"),
            "/scoped" + spelled(spelling, "projects", own + "%2F..%2F" + other, "x"))) {
      WireMessage answer = ask("GET " + target, scoped.bearer());
      assertThat(answer.status()).as(target).isIn(400, 403, 404);
      Refused.problem(answer, target);
    }
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @MethodSource("spellings")
  void noKey(String spelling) {
    int before = bench.upstream().count();
    for (String credential : List.of("", "Basic x", "Bearer nonsense")) {
      String target = "/echo" + spelled(spelling, "t", "open", "x");
      WireMessage answer = ask("GET " + target, credential);
      assertThat(answer.status()).as(target).isIn(400, 401, 404);
      Refused.problem(answer, target);
    }
    assertThat(bench.upstream().count()).as("requests that arrived").isEqualTo(before);
  }

  private static String spelled(String spelling, String a, String b, String c) {
    String spelled = spelling;
    for (String name : List.of("a" + a, "b" + b, "c" + c)) {
      String letter = name.substring(0, 1);
      String plain = name.substring(1);
      String escaped =
          "%" + HexFormat.of().toHexDigits((byte) plain.charAt(0)) + plain.substring(1);
      spelled =
          spelled
              .replace("<" + letter + ">", plain)
              .replace("<" + letter.toUpperCase(Locale.ROOT) + ">", plain.toUpperCase(Locale.ROOT))
              .replace("<%" + letter + ">", escaped);
    }
    return spelled;
  }

  private WireMessage ask(String request, String credential) {
    String field = credential.isEmpty() ? "" : "Authorization: " + credential + "\r\n";
    try (RawConnection connection = bench.door().connect()) {
      String text = request + " HTTP/1.1\r\nHost: " + connection.host() + "\r\n" + field + "\r\n";
      return connection.write(text.getBytes(ISO_8859_1)).answer();
    }
  }
}
