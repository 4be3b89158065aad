package dev.keyway.cli.connect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a client is to be connected with.
 *
 * @param name what the client will call the server
 * @param title the product, for people
 * @param variable the environment variable that holds the key
 * @param isBearer whether the key goes into {@code Authorization} and not into {@code X-API-Key}
 * @param queryParameter that of a product that takes its key in the address
 * @param route {@code mcp} or {@code http}
 * @param key null where a placeholder is to stand for it
 */
record Target(
    String name,
    String title,
    String url,
    String variable,
    boolean isBearer,
    @Nullable String queryParameter,
    String route,
    @Nullable String key,
    @Nullable String keyId) {
  private static final String QUERY = "query:";

  /** The product's MCP route, or its REST route where it has no other; null if it has none. */
  static @Nullable Target of(JsonNode product) {
    JsonNode route = route(product.path("routes"));
    if (route == null) {
      return null;
    }
    String slug = product.path("product").asText();
    return new Target(
        "keyway-" + slug,
        product.path("title").asText(),
        route.path("url").asText(),
        variableOf(slug),
        ClientsFile.holds(product.path("carriers"), "bearer"),
        queryParameter(product.path("carriers")),
        route.path("kind").asText(),
        null,
        null);
  }

  private static @Nullable JsonNode route(JsonNode routes) {
    JsonNode first = null;
    for (JsonNode route : routes) {
      // One that names its resource in the path is no address until somebody fills that in.
      boolean isWhole =
          route.path("scope_segment").isNull() || route.path("scope_segment").isMissingNode();
      if (isWhole && route.path("kind").asText().equals("mcp")) {
        return route;
      }
      first = isWhole && first == null ? route : first;
    }
    return first;
  }

  private static @Nullable String queryParameter(JsonNode carriers) {
    for (JsonNode carrier : carriers) {
      if (carrier.asText().startsWith(QUERY)) {
        return carrier.asText().substring(QUERY.length());
      }
    }
    return null;
  }

  private static String variableOf(String slug) {
    String name = slug.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_API_KEY";
    return Character.isDigit(name.charAt(0)) ? "_" + name : name;
  }

  Target named(String other) {
    return new Target(other, title, url, variable, isBearer, queryParameter, route, key, keyId);
  }

  Target at(String otherUrl) {
    return new Target(name, title, otherUrl, variable, isBearer, queryParameter, route, key, keyId);
  }

  Target withKey(@Nullable String whole, @Nullable String id) {
    return new Target(name, title, url, variable, isBearer, queryParameter, route, whole, id);
  }
}
