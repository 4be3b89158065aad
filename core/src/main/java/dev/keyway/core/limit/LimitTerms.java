package dev.keyway.core.limit;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A {@link LimitSet} as it is on one plan: the limits that apply, in the order in which they are
 * named, and their numbers. There is one object of it for each set and plan.
 */
public final class LimitTerms {
  private final List<RateLimit> limits;
  private final long[] requests;
  private final int[] reserves;
  private final String policy;
  private final LimitHeaders headers;

  LimitTerms(List<RateLimit> all, @Nullable String plan, LimitHeaders headers) {
    this.limits = all.stream().filter(limit -> limit.requests().on(plan) > 0).toList();
    this.requests = limits.stream().mapToLong(limit -> limit.requests().on(plan)).toArray();
    this.reserves =
        limits.stream().mapToInt(limit -> limit.reserve(limit.requests().on(plan))).toArray();
    this.policy =
        limits.stream()
            .map(limit -> policy(limit, limit.requests().on(plan)))
            .collect(Collectors.joining(", "));
    this.headers = headers;
  }

  /**
   * What {@code RateLimit-Policy} says: each limit with its number and, in seconds, its window. A
   * month has none, as months differ.
   */
  public String policy() {
    return policy;
  }

  /** In which headers answers tell of them. */
  public LimitHeaders headers() {
    return headers;
  }

  int size() {
    return requests.length;
  }

  RateLimit limit(int index) {
    return limits.get(index);
  }

  long requests(int index) {
    return requests[index];
  }

  int reserve(int index) {
    return reserves[index];
  }

  private static String policy(RateLimit limit, long requests) {
    String quota = "\"" + limit.name() + "\";q=" + requests;
    return switch (limit.period()) {
      case Period.Rolling(var window) -> quota + ";w=" + window.toSeconds();
      case Period.Calendar.DAY -> quota + ";w=86400";
      case Period.Calendar.MONTH -> quota;
    };
  }
}
