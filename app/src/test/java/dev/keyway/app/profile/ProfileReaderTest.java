package dev.keyway.app.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.app.yaml.MistakesException;
import dev.keyway.app.yaml.References;
import dev.keyway.core.apikey.ScopeKind;
import dev.keyway.core.limit.RateLimit;
import dev.keyway.core.product.Carrier;
import dev.keyway.core.product.ExpiryPolicy;
import dev.keyway.core.product.KeyPolicy;
import dev.keyway.core.product.NamePolicy;
import dev.keyway.core.product.Plan;
import dev.keyway.core.product.PortalText;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Route;
import dev.keyway.core.product.Upstream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileReaderTest {
  static final String ACME =
      """
      product: acme
      title: Acme
      portal: {place: [Settings, Keys], create: New key, revoke: Revoke}
      key:
        prefix: acme_
        show: id
        scope: workspace
        expiry: {mode: fixed, after: 90d}
      carriers: [bearer]
      plans: {pro: {api: true}}
      limits: {data: {requests: 5, per: 1m}}
      routes:
        - {path: /v1, upstream: rest, limit: data}
      upstreams: {rest: {url: null}}
      """;

  private static final Map<String, String> ENVIRONMENT =
      Map.of("ACME_SECRET", "s3cret", "BROKEN", "a\nb");

  private static Product read(String text) {
    var references = new References(ENVIRONMENT::get, Path.of("."));
    return new ProfileReader(references).read("acme.yaml", text);
  }

  private static Product readWith(String from, String to) {
    assertThat(ACME).contains(from);
    return read(ACME.replace(from, to));
  }

  @Test
  void read_small_takesTheDefaults() {
    Product acme = read(ACME);
    assertThat(acme.slug()).isEqualTo("acme");
    assertThat(acme.portal().ended()).isEqualTo(PortalText.Ended.LISTED);
    assertThat(acme.portal().resource()).isNull();
    assertThat(acme.key().name().use()).isEqualTo(NamePolicy.Use.OPTIONAL);
    assertThat(acme.key().maxActive()).isNull();
    assertThat(acme.selfManagement()).isFalse();
    assertThat(acme.corsOrigins()).isEmpty();
    assertThat(acme.routes())
        .containsExactly(
            new Route(
                "/v1",
                Set.of(),
                "rest",
                Route.Kind.HTTP,
                List.of("data"),
                1,
                null,
                Route.Identity.HEADERS));
    assertThat(acme.upstreams())
        .containsEntry(
            "rest",
            new Upstream("rest", null, Map.of(), Duration.ofSeconds(2), Duration.ofSeconds(30)));
  }

  @Test
  void read_everyField() {
    Product acme =
        read(
            """
            product: acme-2
            title: "Acme & Sons"
            portal: {place: [Keys], create: Make, revoke: Drop, resource: vault, ended: filtered}
            key:
              prefix: a_
              show: none
              scope: resource
              name: {required: true, pattern: "[a-z]+", hint: lower case}
              max_active: 3
              expiry: {mode: choices, choices: [12h, 7d, never]}
            carriers: [bearer, basic, x-api-key, "query:token"]
            self_management: true
            plans: {free: {api: false}}
            limits: {slow: {requests: 1, per: 1d, by: key}}
            routes:
              - path: /mcp/v1
                methods: [GET, POST]
                upstream: mcp
                kind: mcp
                limit: slow
                scope_segment: 2
                identity: signed
            upstreams:
              mcp:
                url: http://127.0.0.1:9/base
                headers: {X-Upstream-Secret: "Token ${env:ACME_SECRET}"}
                connect_timeout: 500ms
                response_timeout: 1m
            cors: {origins: ["https://app.example", "http://localhost:3000"]}
            """);
    assertThat(acme.title()).isEqualTo("Acme & Sons");
    assertThat(acme.portal())
        .isEqualTo(
            new PortalText(List.of("Keys"), "Make", "Drop", "vault", PortalText.Ended.FILTERED));
    assertThat(acme.key().prefix()).isEqualTo("a_");
    assertThat(acme.key().show()).isEqualTo(KeyPolicy.Show.NONE);
    assertThat(acme.key().scope()).isEqualTo(ScopeKind.RESOURCE);
    assertThat(acme.key().maxActive()).isEqualTo(3);
    assertThat(acme.key().name().use()).isEqualTo(NamePolicy.Use.REQUIRED);
    assertThat(acme.key().name().hint()).isEqualTo("lower case");
    assertThat(String.valueOf(acme.key().name().pattern())).isEqualTo("[a-z]+");
    assertThat(acme.key().expiry())
        .isEqualTo(
            new ExpiryPolicy.Choices(
                List.of(
                    new ExpiryPolicy.Choice("12h", Duration.ofHours(12)),
                    new ExpiryPolicy.Choice("7d", Duration.ofDays(7)),
                    new ExpiryPolicy.Choice("never", null))));
    assertThat(acme.carriers())
        .containsExactly(
            new Carrier(Carrier.Place.BEARER, null),
            new Carrier(Carrier.Place.BASIC, null),
            new Carrier(Carrier.Place.X_API_KEY, null),
            new Carrier(Carrier.Place.QUERY, "token"));
    assertThat(acme.selfManagement()).isTrue();
    assertThat(acme.plans()).containsExactly(Map.entry("free", new Plan("free", false)));
    assertThat(acme.limits().all()).containsExactly(new RateLimit("slow", 1, Duration.ofDays(1)));
    assertThat(acme.routes())
        .containsExactly(
            new Route(
                "/mcp/v1",
                Set.of("GET", "POST"),
                "mcp",
                Route.Kind.MCP,
                List.of("slow"),
                1,
                2,
                Route.Identity.SIGNED));
    assertThat(acme.corsOrigins())
        .containsExactlyInAnyOrder("https://app.example", "http://localhost:3000");
  }

  @Test
  void read_upstream_resolvesSecretsAndHidesThem() {
    Product acme =
        readWith(
            "rest: {url: null}",
            "rest: {url: 'https://u.example/b', headers: {X-S: '${env:ACME_SECRET}'}}");
    Upstream rest = acme.upstreams().values().iterator().next();
    assertThat(rest.url()).isEqualTo(URI.create("https://u.example/b"));
    assertThat(rest.headers().values())
        .singleElement()
        .satisfies(value -> assertThat(value.reveal()).isEqualTo("s3cret"));
    assertThat(acme.toString()).doesNotContain("s3cret");
  }

  @Test
  void read_expiryForms() {
    assertThat(readWith("after: 90d", "after: never").key().expiry())
        .isEqualTo(new ExpiryPolicy.Fixed(null));
    assertThat(readWith("{mode: fixed, after: 90d}", "{mode: optional}").key().expiry())
        .isEqualTo(new ExpiryPolicy.Optional(List.of()));
    assertThat(
            readWith("{mode: fixed, after: 90d}", "{mode: optional, choices: [never]}")
                .key()
                .expiry())
        .isEqualTo(new ExpiryPolicy.Optional(List.of(new ExpiryPolicy.Choice("never", null))));
  }

  @Test
  void read_nameNone() {
    assertThat(readWith("show: id", "show: id\n  name: none").key().name().use())
        .isEqualTo(NamePolicy.Use.NONE);
  }

  @Test
  void read_carrierMisspelled_namesFileLineAndNearestField() {
    assertThatThrownBy(() -> readWith("carriers:", "carrier:"))
        .isInstanceOf(MistakesException.class)
        .hasMessage("acme.yaml:9: unknown field 'carrier'; did you mean 'carriers'?");
  }

  @Test
  void read_empty_namesWhatIsMissing() {
    assertThatThrownBy(() -> read(""))
        .hasMessage(
            """
            acme.yaml:1: missing field 'product'
            acme.yaml:1: missing field 'title'
            acme.yaml:1: missing field 'portal'
            acme.yaml:1: missing field 'key'
            acme.yaml:1: missing field 'carriers'\
            """);
  }

  @Test
  void read_severalMistakes_namesAllInOrder() {
    String text = ACME.replace("title: Acme", "titel: Acme").replace("show: id", "show: sufix");
    assertThatThrownBy(() -> read(text.replace("limit: data", "limit: date")))
        .hasMessage(
            """
            acme.yaml:2: unknown field 'titel'; did you mean 'title'?
            acme.yaml:6: key.show: must be one of prefix, suffix, id, none, not 'sufix'; did you mean 'suffix'?
            acme.yaml:13: routes[0].limit: unknown limit 'date'; did you mean 'data'?\
            """);
  }

  @DisplayName("Each mistake says its line and what to do")
  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          product: acme | product: Acme | 1: product: must be 1 to 31 of a-z, 0-9 and -, beginning with a letter, not 'Acme'
          prefix: acme_ | prefix: acme | 5: key.prefix: must be 2 to 24 of a-z, 0-9 and _, beginning with a letter and ending in _, not 'acme'
          prefix: acme_ | prefix: _ | 5: key.prefix: must be 2 to 24 of a-z, 0-9 and _, beginning with a letter and ending in _, not '_'
          prefix: acme_ | prefix: abcdefghijklmnopqrstuvwx_ | 5: key.prefix: must be 2 to 24 of a-z, 0-9 and _, beginning with a letter and ending in _, not 'abcdefghijklmnopqrstuvwx_'
          scope: workspace | scope: account | 10: plans: belong to workspaces; key.scope must be workspace or resource
          show: id | name: both | 6: key.name: must be none or a mapping such as {required: true, pattern: null}, not 'both'
          show: id | name: {required: yes} | 6: key.name.required: must be true or false, not 'yes'
          show: id | name: {pattern: '['} | 6: key.name.pattern: must be a regular expression (Unclosed character class), not '['
          show: id | name: {hint: why} | 6: key.name.hint: says a pattern in words, and there is no pattern
          show: id | max_active: 0 | 6: key.max_active: must be a whole number from 1 to 1000, not '0'
          after: 90d | after: 90 days | 8: key.expiry.after: must be never or a duration such as 12h or 365d, not '90 days'
          after: 90d | after: 1ms | 8: key.expiry.after: must be from 1s to 36500d, not '1ms'
          after: 90d | choices: [7d] | 8: unknown field 'choices' in 'key.expiry'; known are mode, after
          mode: fixed | mode: fix | 8: key.expiry.mode: must be one of fixed, choices, optional, not 'fix'
          {mode: fixed, after: 90d} | {mode: choices, choices: []} | 8: key.expiry.choices: must name at least one
          {mode: fixed, after: 90d} | {mode: choices, choices: [7d, 7d]} | 8: key.expiry.choices: names something twice
          [bearer] | [bearer, cookie] | 9: carriers[1]: must be one of bearer, basic, x-api-key or query:NAME (a query parameter), not 'cookie'
          [bearer] | [bearer, bearer] | 9: carriers: names something twice
          [bearer] | bearer | 9: carriers: must be a list, such as [one, two], not 'bearer'
          {api: true} | {api: 1} | 10: plans.pro.api: must be true or false, not '1'
          per: 1m | per: 1w | 11: limits.data.per: must be a duration such as 500ms, 30s, 1m, 12h or 7d, not '1w'
          per: 1m | per: 2d | 11: limits.data.per: must be from 1s to 1d, not '2d'
          per: 1m | per: 1m, by: account | 11: limits.data.by: must be one of key, member, workspace, plan, not 'account'
          requests: 5 | requests: many | 11: limits.data.requests: must be a whole number from 1 to 100000, not 'many'
          path: /v1 | path: v1 | 13: routes[0].path: must begin with /, not 'v1'
          path: /v1 | path: /a/../b | 13: routes[0].path: must have no segment . or .., not '/a/../b'
          path: /v1 | path: /a%2fb | 13: routes[0].path: must be written without percent signs, not '/a%2fb'
          path: /v1 | path: /v1/ | 13: routes[0].path: must have no empty segment; it covers what follows after a slash, not '/v1/'
          path: /v1 | path: '/a?b' | 13: routes[0].path: must be letters, digits and - . _ ~ between slashes, not '/a?b'
          upstream: rest | upstream: resd | 13: routes[0].upstream: unknown upstream 'resd'; did you mean 'rest'?
          upstream: rest | upstream: rest, kind: sse | 13: routes[0].kind: must be one of http, mcp, not 'sse'
          upstream: rest | upstream: rest, methods: [get] | 13: routes[0].methods[0]: must be one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, not 'get'; did you mean 'GET'?
          upstream: rest | upstream: rest, methods: [] | 13: routes[0].methods: must name at least one
          upstream: rest | upstream: rest, scope_segment: 0 | 13: routes[0].scope_segment: must be a whole number from 1 to 16, not '0'
          url: null | url: 'ftp://u' | 14: upstreams.rest.url: must be an address such as http://10.0.0.7:8080
          url: null | url: 'http://me:pw@u' | 14: upstreams.rest.url: must have no user, query or fragment; use headers instead
          url: null | url: 'http://u/a?b=c' | 14: upstreams.rest.url: must have no user, query or fragment; use headers instead
          url: null | url: 'http://u/a/../b' | 14: upstreams.rest.url: must have a plain path, without dots or percent signs
          url: null | headers: {Host: x} | 14: upstreams.rest.headers.Host: header 'Host' is set by the gateway itself
          url: null | headers: {Keyway_Key-Id: x} | 14: upstreams.rest.headers.Keyway_Key-Id: header 'Keyway_Key-Id' is set by the gateway itself
          url: null | headers: {X-A: a, x-a: b} | 14: upstreams.rest.headers: names a header twice; upper and lower case are the same
          url: null | headers: {X-A: '${env:NOPE}'} | 14: upstreams.rest.headers.X-A: environment variable 'NOPE' is not set
          url: null | headers: {X-A: '${env:BROKEN}'} | 14: upstreams.rest.headers.X-A: must be printable ASCII without line breaks
          url: null | connect_timeout: 5 | 14: upstreams.rest.connect_timeout: must be a duration such as 500ms, 30s, 1m, 12h or 7d, not '5'
          title: Acme | title: {a: b} | 2: title: must be text, not a mapping
          title: Acme | cors: {origins: ['*']} | 2: cors.origins[0]: '*' would let any page use a key it got hold of; list exact origins
          title: Acme | cors: {origins: ['https://a.example/']} | 2: cors.origins[0]: must be an origin as browsers send it, such as https://app.example (lower case, no path), not 'https://a.example/'
          """)
  void read_mistaken(String from, String to, String message) {
    String file = "acme.yaml:";
    assertThatThrownBy(() -> readWith(from, to))
        .isInstanceOf(MistakesException.class)
        .hasMessageContaining(file + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"limit: data | limit: data", "methods: [GET, POST] | methods: [POST]"})
  void read_twoRoutesForOneRequest(String first, String second) {
    assertThatThrownBy(() ->
            readWith(
                "- {path: /v1, upstream: rest, limit: data}",
                "- {path: /v1, upstream: rest, %s}\n  - {path: /v1, upstream: rest, %s}"
                    .formatted(first, second)))
        .hasMessage("acme.yaml:14: routes[1]: the route in line 13 takes the same requests");
  }

  @Test
  void read_onePathByMethod() {
    String routes =
        "- {path: /v1, upstream: rest, methods: [GET]}\n"
            + "  - {path: /v1, upstream: rest, methods: [POST]}";
    assertThat(readWith("- {path: /v1, upstream: rest, limit: data}", routes).routes()).hasSize(2);
  }

  @Test
  void read_inlineSecret_isNotQuoted() {
    assertThatThrownBy(() -> readWith("url: null", "headers: {X-A: \"s3cret-canary\\n\"}"))
        .hasMessageNotContaining("canary");
  }
}
