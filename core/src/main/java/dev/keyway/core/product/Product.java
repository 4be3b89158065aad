package dev.keyway.core.product;

import dev.keyway.core.limit.Limits;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A product: everything its profile says, checked.
 *
 * @param slug its name in paths and in the API
 * @param carriers the places where its keys are accepted
 * @param selfManagement whether a key may manage keys
 * @param plans by name, in the order of the profile; empty where the product has no plans, and then
 *     every key has API access
 * @param counting what of the limits counts which requests that have no route
 * @param upstreams by name
 * @param corsOrigins the origins whose browsers may call the gateway
 */
public record Product(
    String slug,
    String title,
    PortalText portal,
    KeyPolicy key,
    List<Carrier> carriers,
    boolean selfManagement,
    Map<String, Plan> plans,
    Limits limits,
    Counting counting,
    List<Route> routes,
    Map<String, Upstream> upstreams,
    Set<String> corsOrigins) {
  public Product {
    carriers = List.copyOf(carriers);
    plans = Collections.unmodifiableMap(new LinkedHashMap<>(plans));
    routes = List.copyOf(routes);
    upstreams = Map.copyOf(upstreams);
    corsOrigins = Set.copyOf(corsOrigins);
  }

  /** Whether keys are accepted at a place. */
  public boolean accepts(Carrier.Place place) {
    if (place == Carrier.Place.DIRECT) {
      return true;
    }
    for (Carrier carrier : carriers) {
      if (carrier.place() == place) {
        return true;
      }
    }
    return false;
  }

  /** Whether the API is part of a plan; without plans it always is. */
  public boolean hasApiAccess(@Nullable String plan) {
    if (plans.isEmpty()) {
      return true;
    }
    Plan known = plan == null ? null : plans.get(plan);
    return known != null && known.api();
  }
}
