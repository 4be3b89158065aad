package dev.keyway.server.door;

import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The doors of one event loop, and which of them a request knocks at. */
public final class Doors {
  private final Map<String, Door> bySlug = new HashMap<>();
  private final Map<String, Door> byHost = new HashMap<>();

  /**
   * A door for each product.
   *
   * @param hosts slugs by host name, in lower case
   * @param answers where the answers given for a product are counted
   */
  public Doors(
      Products products, Map<String, String> hosts, Function<Product, AnswerCounters> answers) {
    for (Product product : products.all()) {
      bySlug.put(product.slug(), new Door(product, products.format(), answers.apply(product)));
    }
    hosts.forEach((host, slug) -> {
      Door door = bySlug.get(slug);
      if (door == null) {
        throw new IllegalArgumentException("host " + host + " names no product: " + slug);
      }
      byHost.put(host.toLowerCase(Locale.ROOT), door);
    });
  }

  /** The door of a product; null when there is no such product. */
  public @Nullable Door bySlug(String slug) {
    return bySlug.get(slug);
  }

  /**
   * Where a request leads, by its product's own host name or by the first segment; null when it
   * names no product.
   */
  public @Nullable Entrance find(HttpServerRequest request, String path) {
    if (!byHost.isEmpty()) {
      String host = host(request);
      Door door = host == null ? null : byHost.get(host);
      if (door != null) {
        return new Entrance(door, path, host);
      }
    }
    int slash = path.indexOf('/', 1);
    Door door = bySlug.get(path.substring(1, slash < 0 ? path.length() : slash));
    return door == null ? null : new Entrance(door, slash < 0 ? "/" : path.substring(slash), null);
  }

  /** The host a request names, in lower case and without a port; null when it is not clear. */
  private static @Nullable String host(HttpServerRequest request) {
    if (request.headers().getAll(HttpHeaders.HOST).size() != 1) {
      return null;
    }
    HostAndPort authority = request.authority();
    return authority == null ? null : authority.host().toLowerCase(Locale.ROOT);
  }

  /**
   * A product and the path within it.
   *
   * @param path as the upstream will see it, below its own
   * @param ownHost the product's own host name as configured, in lower case; null where the path
   *     named the product
   */
  public record Entrance(Door door, String path, @Nullable String ownHost) {}
}
