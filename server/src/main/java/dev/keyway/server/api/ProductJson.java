package dev.keyway.server.api;

import dev.keyway.core.product.Carrier;
import dev.keyway.core.product.Counting;
import dev.keyway.core.product.ExpiryPolicy;
import dev.keyway.core.product.ExpiryPolicy.Choice;
import dev.keyway.core.product.KeyPolicy;
import dev.keyway.core.product.NamePolicy;
import dev.keyway.core.product.PortalText;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Route;
import dev.keyway.server.http.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A product as its profile describes it to the people who use it: nothing of its upstreams. */
final class ProductJson {
  private final Supplier<String> gatewayUrl;

  /**
   * The form of products.
   *
   * @param gatewayUrl the gateway's public URL, without a slash at its end
   */
  ProductJson(Supplier<String> gatewayUrl) {
    this.gatewayUrl = gatewayUrl;
  }

  /** What a sign-in page has to know. */
  static JsonObject title(Product product) {
    return new JsonObject().put("product", product.slug()).put("title", product.title());
  }

  JsonObject of(Product product) {
    String gateway = gatewayUrl.get();
    return title(product)
        .put("portal", portal(product.portal()))
        .put("key", key(product.key()))
        .putTexts("carriers", product.carriers().stream().map(ProductJson::text).toList())
        .put("self_management", product.selfManagement())
        .putAll(
            "plans",
            product.plans().values().stream()
                .map(plan -> new JsonObject().put("plan", plan.name()).put("api", plan.api()))
                .toList())
        .putAll("limits", product.limits().all().stream().map(LimitJson::of).toList())
        .put("limit_headers", product.limits().headers().text())
        .put("counts", counts(product.counting()))
        .putAll(
            "routes",
            product.routes().stream()
                .map(route -> route(route, gateway + "/" + product.slug() + route.path()))
                .toList())
        .put("gateway_url", gateway);
  }

  private static JsonObject portal(PortalText portal) {
    return new JsonObject()
        .putTexts("place", portal.place())
        .put("create", portal.create())
        .put("revoke", portal.revoke())
        .put("resource", portal.resource())
        .put("ended", text(portal.ended()));
  }

  private static JsonObject key(KeyPolicy key) {
    return new JsonObject()
        .put("prefix", key.prefix())
        .put("show", text(key.show()))
        .put("scope", key.scope().text())
        .put("name", name(key.name()))
        .put("max_active", key.maxActive())
        .put("expiry", expiry(key.expiry()));
  }

  private static JsonObject name(NamePolicy name) {
    Pattern pattern = name.pattern();
    return new JsonObject()
        .put("mode", text(name.use()))
        .put("pattern", pattern == null ? null : pattern.pattern())
        .put("hint", name.hint());
  }

  private static JsonObject expiry(ExpiryPolicy policy) {
    return switch (policy) {
      case ExpiryPolicy.Fixed(var life) -> expiry("fixed", span(life), List.of());
      case ExpiryPolicy.Choices(var choices) -> expiry("choices", null, choices);
      case ExpiryPolicy.Optional(var choices) -> expiry("optional", null, choices);
    };
  }

  private static JsonObject expiry(String mode, @Nullable String after, List<Choice> choices) {
    return new JsonObject()
        .put("mode", mode)
        .put("after", after)
        .putTexts("choices", choices.stream().map(Choice::text).toList());
  }

  /** A life as profiles write it, in the greatest unit that it is whole in. */
  private static String span(@Nullable Duration life) {
    if (life == null) {
      return Choice.NEVER;
    }
    if (life.equals(Duration.ofDays(life.toDays()))) {
      return life.toDays() + "d";
    }
    if (life.equals(Duration.ofHours(life.toHours()))) {
      return life.toHours() + "h";
    }
    return life.equals(Duration.ofMinutes(life.toMinutes()))
        ? life.toMinutes() + "m"
        : life.toSeconds() + "s";
  }

  private static String text(Carrier carrier) {
    return switch (carrier.place()) {
      case BEARER -> "bearer";
      case BASIC -> "basic";
      case X_API_KEY -> "x-api-key";
      case QUERY -> "query:" + carrier.parameter();
      case OTHER_SCHEME, DIRECT ->
          throw new IllegalStateException("a profile names no such place: " + carrier.place());
    };
  }

  private static JsonObject counts(Counting counting) {
    return new JsonObject()
        .putTexts("verify", counting.verify())
        .putTexts("management", counting.management());
  }

  private static JsonObject route(Route route, String url) {
    var json = new JsonObject().put("path", route.path());
    var methods = route.methods();
    return (methods.isEmpty()
            ? json.putNull("methods")
            : json.putTexts("methods", methods.stream().sorted().toList()))
        .put("kind", text(route.kind()))
        .put("limit", route.limits().isEmpty() ? null : route.limits().getFirst())
        .putTexts("limits", route.limits())
        .put("cost", route.cost())
        .put("scope_segment", route.scopeSegment())
        .put("url", url);
  }

  private static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
