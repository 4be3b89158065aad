package dev.keyway.core.contract;

import dev.keyway.core.apikey.ScopeKind;
import dev.keyway.core.limit.Limits;
import dev.keyway.core.operator.OperatorKey;
import dev.keyway.core.product.Carrier;
import dev.keyway.core.product.Counting;
import dev.keyway.core.product.ExpiryPolicy;
import dev.keyway.core.product.KeyPolicy;
import dev.keyway.core.product.NamePolicy;
import dev.keyway.core.product.Plan;
import dev.keyway.core.product.PortalText;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Two products for tests: memo with plans, Bearer and Basic, and meko with Bearer alone. */
public final class SampleProducts {
  public static final Product MEMO =
      product(
          "memo",
          "mk_live_",
          Map.of("free", new Plan("free", false), "pro", new Plan("pro", true)),
          Carrier.Place.BEARER,
          Carrier.Place.BASIC);

  public static final Product MEKO = product("meko", "mko_tkn_", Map.of(), Carrier.Place.BEARER);

  private SampleProducts() {}

  /** Both of them. */
  public static Products products() {
    return new Products(List.of(MEMO, MEKO), OperatorKey.KEY_PREFIX);
  }

  /** A product that differs from the others in what tests look at. */
  public static Product product(
      String slug, String prefix, Map<String, Plan> plans, Carrier.Place... places) {
    var portal =
        new PortalText(List.of("Settings"), "Create", "Revoke", null, PortalText.Ended.LISTED);
    var key =
        new KeyPolicy(
            prefix,
            KeyPolicy.Show.SUFFIX,
            ScopeKind.WORKSPACE,
            new NamePolicy(NamePolicy.Use.OPTIONAL, null, null),
            null,
            new ExpiryPolicy.Fixed(null));
    List<Carrier> carriers = Stream.of(places).map(place -> new Carrier(place, null)).toList();
    return new Product(
        slug,
        slug,
        portal,
        key,
        carriers,
        true,
        plans,
        Limits.NONE,
        Counting.usual(Limits.NONE),
        List.of(),
        Map.of(),
        Set.of());
  }
}
