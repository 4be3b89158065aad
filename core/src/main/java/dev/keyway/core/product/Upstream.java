package dev.keyway.core.product;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service behind the gateway.
 *
 * @param url where it is; null until it is configured. A path in it is put before the route's
 * @param headers set on each request, in place of any the caller sent
 * @param connectTimeout how long to wait for a connection
 * @param responseTimeout how long to wait for the head of an answer; a stream may then take its
 *     time
 */
public record Upstream(
    String name,
    @Nullable URI url,
    Map<String, SecretText> headers,
    Duration connectTimeout,
    Duration responseTimeout) {

  public Upstream {
    headers = Map.copyOf(headers);
  }
}
