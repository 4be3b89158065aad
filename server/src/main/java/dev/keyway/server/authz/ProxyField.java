package dev.keyway.server.authz;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy says of the request it asks about, under either of two names. A client may have sent
 * the name that its proxy does not set, so both must say the same where both are there.
 */
final class ProxyField {
  static final ProxyField METHOD = new ProxyField("X-Forwarded-Method", "X-Original-Method");
  static final ProxyField TARGET = new ProxyField("X-Forwarded-Uri", "X-Original-URI");

  private final CharSequence forwarded;
  private final CharSequence original;

  private ProxyField(String forwarded, String original) {
    this.forwarded = HttpHeaders.createOptimized(forwarded);
    this.original = HttpHeaders.createOptimized(original);
  }

  /** The value; null when it is not said, or not clearly. */
  @Nullable String read(MultiMap headers) {
    List<String> first = headers.getAll(forwarded);
    List<String> second = headers.getAll(original);
    if (first.size() + second.size() == 1) {
      return first.isEmpty() ? second.getFirst() : first.getFirst();
    }
    return first.size() == 1 && first.equals(second) ? first.getFirst() : null;
  }

  /** Whether it is said at all, clearly or not. */
  boolean isSaid(MultiMap headers) {
    return headers.contains(forwarded) || headers.contains(original);
  }
}
