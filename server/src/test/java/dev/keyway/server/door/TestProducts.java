package dev.keyway.server.door;

import dev.keyway.core.apikey.ScopeKind;
import dev.keyway.core.limit.RateLimit;
import dev.keyway.core.product.Carrier;
import dev.keyway.core.product.Carrier.Place;
import dev.keyway.core.product.ExpiryPolicy;
import dev.keyway.core.product.KeyPolicy;
import dev.keyway.core.product.NamePolicy;
import dev.keyway.core.product.Plan;
import dev.keyway.core.product.PortalText;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import dev.keyway.core.product.Route;
import dev.keyway.core.product.SecretText;
import dev.keyway.core.product.Upstream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Three products like those of the contract, before upstreams of a test's own. */
public final class TestProducts {
  public static final String MEMO = "mk_live_";
  public static final String LAKE = "mlk_";
  public static final String MECHA = "mch_";
  public static final int QUOTA = 5;
  public static final String ORIGIN = "https://app.example";

  private TestProducts() {}

  /**
   * The products.
   *
   * @param url of the one upstream behind all of them
   * @param dead an address where nobody answers
   */
  public static Products before(URI url, URI dead) {
    return new Products(List.of(memo(url, dead), lake(url), mecha(url)), "kwo_");
  }

  public static Product memo(URI url, URI dead) {
    return product(
        "memo",
        MEMO,
        List.of(new Carrier(Place.BEARER, null)),
        Map.of("pro", new Plan("pro", true), "free", new Plan("free", false)),
        List.of(
            route("/api/items", Set.of("GET", "POST"), "main", Route.Kind.HTTP, null, null),
            route("/all", Set.of(), "main", Route.Kind.HTTP, null, null),
            route("/mixed", Set.of("GET"), "main", Route.Kind.HTTP, null, null),
            route("/mixed", Set.of(), "main", Route.Kind.HTTP, null, null),
            route("/limited", Set.of("GET"), "main", Route.Kind.HTTP, "data", null),
            route("/limited-mcp", Set.of(), "main", Route.Kind.MCP, "data", null),
            route("/mcp", Set.of(), "main", Route.Kind.MCP, null, null),
            route("/dead", Set.of(), "dead", Route.Kind.HTTP, null, null),
            route("/none", Set.of(), "none", Route.Kind.HTTP, null, null),
            new Route(
                "/signed", Set.of(), "main", Route.Kind.HTTP, null, null, Route.Identity.SIGNED)),
        Map.of(
            "main", upstream("main", url),
            "dead", upstream("dead", dead),
            "none", upstream("none", null)),
        Set.of(ORIGIN));
  }

  public static Product lake(URI url) {
    return product(
        "memorylake",
        LAKE,
        List.of(new Carrier(Place.QUERY, "apikey"), new Carrier(Place.BEARER, null)),
        Map.of(),
        List.of(
            route("/mcp/v1", Set.of(), "main", Route.Kind.MCP, null, null),
            route("/projects", Set.of(), "main", Route.Kind.HTTP, null, 2)),
        Map.of("main", upstream("main", url)),
        Set.of());
  }

  public static Product mecha(URI url) {
    return product(
        "mecha",
        MECHA,
        List.of(new Carrier(Place.BEARER, null), new Carrier(Place.BASIC, null)),
        Map.of(),
        List.of(route("/", Set.of(), "main", Route.Kind.HTTP, null, null)),
        Map.of("main", upstream("main", url)),
        Set.of());
  }

  private static Upstream upstream(String name, @Nullable URI url) {
    return new Upstream(
        name,
        url,
        Map.of("X-Upstream-Secret", new SecretText("upstream-secret")),
        Duration.ofSeconds(2),
        Duration.ofMillis(700));
  }

  private static Route route(
      String path,
      Set<String> methods,
      String upstream,
      Route.Kind kind,
      @Nullable String limit,
      @Nullable Integer scopeSegment) {
    return new Route(path, methods, upstream, kind, limit, scopeSegment, Route.Identity.HEADERS);
  }

  private static Product product(
      String slug,
      String prefix,
      List<Carrier> carriers,
      Map<String, Plan> plans,
      List<Route> routes,
      Map<String, Upstream> upstreams,
      Set<String> origins) {
    return new Product(
        slug,
        slug,
        new PortalText(List.of("Keys"), "Create", "Revoke", null, PortalText.Ended.LISTED),
        new KeyPolicy(
            prefix,
            KeyPolicy.Show.NONE,
            ScopeKind.WORKSPACE,
            new NamePolicy(NamePolicy.Use.OPTIONAL, null, null),
            null,
            new ExpiryPolicy.Fixed(null)),
        carriers,
        false,
        plans,
        Map.of("data", new RateLimit("data", QUOTA, Duration.ofMinutes(1))),
        routes,
        upstreams,
        origins);
  }
}
