package dev.keyway.server.api;

import dev.keyway.core.apikey.ScopeKind;
import dev.keyway.core.limit.Limits;
import dev.keyway.core.limit.RateLimit;
import dev.keyway.core.operator.OperatorKey;
import dev.keyway.core.product.Carrier;
import dev.keyway.core.product.Carrier.Place;
import dev.keyway.core.product.Counting;
import dev.keyway.core.product.ExpiryPolicy;
import dev.keyway.core.product.ExpiryPolicy.Choice;
import dev.keyway.core.product.KeyPolicy;
import dev.keyway.core.product.KeyPolicy.Show;
import dev.keyway.core.product.NamePolicy;
import dev.keyway.core.product.NamePolicy.Use;
import dev.keyway.core.product.Plan;
import dev.keyway.core.product.PortalText;
import dev.keyway.core.product.PortalText.Ended;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import dev.keyway.core.product.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The four products as their profiles say, with limits small enough to reach in a test. */
final class SampleProducts {
  private static final List<Choice> CHOICES =
      List.of(
          new Choice("7d", Duration.ofDays(7)),
          new Choice("30d", Duration.ofDays(30)),
          new Choice("365d", Duration.ofDays(365)),
          new Choice(Choice.NEVER, null));
  private static final NamePolicy REQUIRED = new NamePolicy(Use.REQUIRED, null, null);
  private static final NamePolicy LETTER =
      new NamePolicy(Use.REQUIRED, Pattern.compile("[A-Za-z].*"), "A name begins with a letter.");

  private SampleProducts() {}

  static Products all() {
    return new Products(List.of(meko(), mecha(), memorylake(), memo()), OperatorKey.KEY_PREFIX);
  }

  private static Product meko() {
    var policy =
        new KeyPolicy(
            "mko_tkn_",
            Show.PREFIX,
            ScopeKind.ACCOUNT,
            REQUIRED,
            10,
            new ExpiryPolicy.Fixed(Duration.ofDays(365)));
    return product("meko", policy, List.of(bearer()), Map.of(), Ended.LISTED);
  }

  private static Product mecha() {
    var policy =
        new KeyPolicy(
            "mch_", Show.ID, ScopeKind.ACCOUNT, LETTER, 10, new ExpiryPolicy.Choices(CHOICES));
    var carriers = List.of(bearer(), new Carrier(Place.BASIC, null));
    return product("mecha", policy, carriers, Map.of(), Ended.LISTED);
  }

  private static Product memorylake() {
    var policy =
        new KeyPolicy(
            "mlk_",
            Show.NONE,
            ScopeKind.RESOURCE,
            new NamePolicy(Use.NONE, null, null),
            null,
            new ExpiryPolicy.Fixed(null));
    // The query alone, so that a verify through the API is told apart from one at a door.
    var carriers = List.of(new Carrier(Place.QUERY, "apikey"));
    return product("memorylake", policy, carriers, Map.of(), Ended.FILTERED);
  }

  private static Product memo() {
    var policy =
        new KeyPolicy(
            "mk_live_",
            Show.SUFFIX,
            ScopeKind.WORKSPACE,
            new NamePolicy(Use.OPTIONAL, null, null),
            null,
            new ExpiryPolicy.Optional(CHOICES));
    var plans = Map.of("free", new Plan("free", false), "pro", new Plan("pro", true));
    return product("memo", policy, List.of(bearer()), plans, Ended.FILTERED);
  }

  private static Product product(
      String slug, KeyPolicy policy, List<Carrier> carriers, Map<String, Plan> plans, Ended ended) {
    boolean managesItself = policy.show() == Show.ID || policy.show() == Show.SUFFIX;
    var limits = Limits.of(List.of(limit("data", 3), limit("management", 4)));
    return new Product(
        slug,
        slug,
        new PortalText(List.of("Settings"), "Create key", "Revoke", null, ended),
        policy,
        carriers,
        managesItself,
        plans,
        limits,
        Counting.usual(limits),
        List.of(route("/rest", Route.Kind.HTTP), route("/mcp/v1", Route.Kind.MCP)),
        Map.of(),
        Set.of());
  }

  private static Route route(String path, Route.Kind kind) {
    return new Route(path, Set.of(), "up", kind, List.of(), 1, null, Route.Identity.HEADERS);
  }

  private static RateLimit limit(String name, int requests) {
    return new RateLimit(name, requests, Duration.ofMinutes(1));
  }

  private static Carrier bearer() {
    return new Carrier(Place.BEARER, null);
  }
}
