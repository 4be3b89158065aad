package dev.keyway.app.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.apikey.ScopeKind;
import dev.keyway.core.limit.RateLimit;
import dev.keyway.core.product.Carrier;
import dev.keyway.core.product.Counting;
import dev.keyway.core.product.ExpiryPolicy;
import dev.keyway.core.product.KeyPolicy;
import dev.keyway.core.product.NamePolicy;
import dev.keyway.core.product.PortalText;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Route;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedProfilesTest {
  private static final Path SOURCES = Path.of("../profiles");
  static final List<String> NAMES = ShippedProfiles.NAMES;

  private static final Carrier BEARER = new Carrier(Carrier.Place.BEARER, null);
  private static final List<String> SIX = List.of("7d", "30d", "90d", "180d", "365d", "never");

  private static Product product(String slug) {
    return Profiles.shipped().products().find(slug).orElseThrow();
  }

  private static List<String> texts(List<ExpiryPolicy.Choice> choices) {
    return choices.stream().map(ExpiryPolicy.Choice::text).toList();
  }

  private static Route route(
      String path, Set<String> methods, String upstream, Route.Kind kind, @Nullable String limit) {
    List<String> limits = limit == null ? List.of() : List.of(limit);
    return new Route(path, methods, upstream, kind, limits, 1, null, Route.Identity.HEADERS);
  }

  @Test
  void shipped_areTheFilesOfTheProject() {
    assertThat(Profiles.files(SOURCES))
        .extracting(file -> file.getFileName().toString())
        .containsExactlyElementsOf(NAMES.stream().map(name -> name + ".yaml").toList());
    assertThat(Profiles.shipped().hash()).isEqualTo(Profiles.read(SOURCES, _ -> null).hash());
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void text_isTheFile(String name) throws Exception {
    assertThat(ShippedProfiles.text(name))
        .isEqualTo(Files.readString(SOURCES.resolve(name + ".yaml")));
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void shipped_holdNoAddressAndNoSecret(String name) {
    assertThat(product(name).upstreams().values())
        .isNotEmpty()
        .allMatch(upstream -> upstream.url() == null && upstream.headers().isEmpty());
    assertThat(product(name).corsOrigins()).isEmpty();
  }

  @Test
  @DisplayName("MEKO-1, MEKO-4, MEKO-5, MEKO-6, MEKO-7 are in Meko's profile")
  void meko() {
    Product meko = product("meko");
    assertThat(meko.portal())
        .isEqualTo(
            new PortalText(
                List.of("Settings", "API Keys"),
                "Generate API key",
                "Revoke",
                null,
                PortalText.Ended.LISTED));
    assertThat(meko.key())
        .isEqualTo(
            new KeyPolicy(
                "mko_tkn_",
                KeyPolicy.Show.PREFIX,
                ScopeKind.ACCOUNT,
                new NamePolicy(NamePolicy.Use.REQUIRED, null, null),
                10,
                new ExpiryPolicy.Fixed(Duration.ofDays(365))));
    assertThat(meko.carriers()).containsExactly(BEARER);
    assertThat(meko.selfManagement()).isFalse();
    assertThat(meko.routes()).containsExactly(route("/mcp", Set.of(), "mcp", Route.Kind.MCP, null));
  }

  @Test
  @DisplayName("MECHA-1, MECHA-3, MECHA-5, MECHA-6, MECHA-7 are in Mecha's profile")
  void mecha() {
    Product mecha = product("mecha");
    assertThat(mecha.portal().place()).containsExactly("Settings", "API Keys");
    assertThat(mecha.portal().create()).isEqualTo("Generate Key");
    assertThat(mecha.portal().ended()).isEqualTo(PortalText.Ended.LISTED);
    assertThat(mecha.key().prefix()).isEqualTo("mch_");
    assertThat(mecha.key().show()).isEqualTo(KeyPolicy.Show.ID);
    assertThat(mecha.key().scope()).isEqualTo(ScopeKind.ACCOUNT);
    assertThat(mecha.key().maxActive()).isEqualTo(10);
    assertThat(mecha.key().name().use()).isEqualTo(NamePolicy.Use.REQUIRED);
    assertThat(mecha.key().expiry())
        .isInstanceOfSatisfying(
            ExpiryPolicy.Choices.class,
            choices -> assertThat(texts(choices.choices())).isEqualTo(SIX));
    assertThat(mecha.carriers()).containsExactly(BEARER, new Carrier(Carrier.Place.BASIC, null));
    assertThat(mecha.selfManagement()).isTrue();
    assertThat(mecha.routes())
        .containsExactly(route("/v1/machines", Set.of(), "machines", Route.Kind.HTTP, null));
  }

  private static boolean mechaTakes(String name) {
    return Objects.requireNonNull(product("mecha").key().name().pattern()).matcher(name).matches();
  }

  @DisplayName("MECHA-2 a name begins with an ASCII letter")
  @ParameterizedTest
  @ValueSource(strings = {"a", "Z9", "deploy bot", "laptop/cursor", "a\u2028b", "bücher"})
  void mecha_nameBeginningWithLetter(String name) {
    assertThat(mechaTakes(name)).isTrue();
  }

  @DisplayName("MECHA-2 a digit or special character first is refused")
  @ParameterizedTest
  @ValueSource(strings = {"9a", "-a", " a", "/a", "_a", "ä", ""})
  void mecha_nameBeginningOtherwise(String name) {
    assertThat(mechaTakes(name)).isFalse();
  }

  @Test
  @DisplayName("LAKE-1, LAKE-3, LAKE-4, LAKE-6 are in MemoryLake's profile")
  void memorylake() {
    Product lake = product("memorylake");
    assertThat(lake.portal())
        .isEqualTo(
            new PortalText(
                List.of("Project", "MCP Servers"),
                "Add MCP Server",
                "Delete",
                "project",
                PortalText.Ended.FILTERED));
    assertThat(lake.key())
        .isEqualTo(
            new KeyPolicy(
                "mlk_",
                KeyPolicy.Show.NONE,
                ScopeKind.RESOURCE,
                new NamePolicy(NamePolicy.Use.NONE, null, null),
                null,
                new ExpiryPolicy.Fixed(null)));
    assertThat(lake.carriers()).containsExactly(new Carrier(Carrier.Place.QUERY, "apikey"), BEARER);
    assertThat(lake.selfManagement()).isFalse();
    assertThat(lake.routes())
        .containsExactly(
            route("/mcp/v1", Set.of(), "mcp", Route.Kind.MCP, null),
            new Route(
                "/projects",
                Set.of(),
                "mcp",
                Route.Kind.MCP,
                List.of(),
                1,
                2,
                Route.Identity.HEADERS));
  }

  @Test
  @DisplayName("MEMO-1 to MEMO-6, MEMO-9, MEMO-10, MEMO-11 are in Memo's profile")
  void memo() {
    Product memo = product("memo");
    assertThat(memo.portal())
        .isEqualTo(
            new PortalText(
                List.of("Settings", "API & MCP"),
                "Create key",
                "Delete",
                null,
                PortalText.Ended.FILTERED));
    assertThat(memo.key().prefix()).isEqualTo("mk_live_");
    assertThat(memo.key().show()).isEqualTo(KeyPolicy.Show.SUFFIX);
    assertThat(memo.key().scope()).isEqualTo(ScopeKind.WORKSPACE);
    assertThat(memo.key().maxActive()).isNull();
    assertThat(memo.key().expiry())
        .isInstanceOfSatisfying(
            ExpiryPolicy.Optional.class,
            optional -> assertThat(texts(optional.choices())).isEqualTo(SIX));
    assertThat(memo.carriers()).containsExactly(BEARER);
    assertThat(memo.hasApiAccess("free")).isFalse();
    assertThat(memo.hasApiAccess("pro")).isTrue();
    assertThat(memo.hasApiAccess("expert")).isTrue();
    assertThat(memo.limits().all())
        .containsExactlyInAnyOrder(
            new RateLimit(Counting.DATA_LIMIT, 500, Duration.ofMinutes(1)),
            new RateLimit(Counting.MANAGEMENT_LIMIT, 180, Duration.ofMinutes(1)));
    String base = "/api/v1/developer/transcriptions";
    assertThat(memo.routes())
        .containsExactly(
            route(base, Set.of("GET"), "transcriptions", Route.Kind.HTTP, "data"),
            route(base + "/bulk", Set.of("POST"), "transcriptions", Route.Kind.HTTP, "data"),
            route("/mcp", Set.of(), "mcp", Route.Kind.MCP, "data"));
  }
}
