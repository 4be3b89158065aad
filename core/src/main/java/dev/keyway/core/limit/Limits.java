package dev.keyway.core.limit;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The limits of one product, by name and in the order of its profile. */
public final class Limits {
  /** For a product that counts nothing. */
  public static final Limits NONE = of(List.of());

  private final Map<String, RateLimit> byName = new LinkedHashMap<>();
  private final LimitHeaders headers;
  private final ConcurrentHashMap<List<String>, LimitSet> sets = new ConcurrentHashMap<>();

  /** Limits of which answers tell in these headers. */
  public Limits(Collection<RateLimit> limits, LimitHeaders headers) {
    limits.forEach(limit -> byName.put(limit.name(), limit));
    this.headers = headers;
  }

  /** Limits of which answers tell in the standard headers. */
  public static Limits of(Collection<RateLimit> limits) {
    return new Limits(limits, LimitHeaders.STANDARD);
  }

  public Collection<RateLimit> all() {
    return byName.values();
  }

  public LimitHeaders headers() {
    return headers;
  }

  public boolean contains(String name) {
    return byName.containsKey(name);
  }

  /**
   * What a request costs that counts against some of them; null when they are none.
   *
   * @throws IllegalArgumentException for a name that is not among them
   */
  public @Nullable Charge charge(List<String> names, int cost) {
    return names.isEmpty()
        ? null
        : new Charge(sets.computeIfAbsent(List.copyOf(names), this::set), cost);
  }

  private LimitSet set(List<String> names) {
    return new LimitSet(names.stream().map(this::required).toList(), headers);
  }

  private RateLimit required(String name) {
    RateLimit limit = byName.get(name);
    if (limit == null) {
      throw new IllegalArgumentException("there is no limit '" + name + "'");
    }
    return limit;
  }
}
