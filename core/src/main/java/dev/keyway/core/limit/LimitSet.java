package dev.keyway.core.limit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Limits that count the same requests, together. A product has one object for each combination that
 * its profile names, and keys remember their counters by it.
 */
public final class LimitSet {
  private final List<RateLimit> limits;
  private final LimitTerms onOther;
  private final Map<String, LimitTerms> onPlans = new HashMap<>();

  LimitSet(List<RateLimit> limits, LimitHeaders headers) {
    this.limits = List.copyOf(limits);
    this.onOther = new LimitTerms(limits, null, headers);
    for (RateLimit limit : limits) {
      if (limit.requests() instanceof Allowance.ByPlan(var requests)) {
        for (String plan : requests.keySet()) {
          onPlans.computeIfAbsent(plan, name -> new LimitTerms(limits, name, headers));
        }
      }
    }
  }

  /** The limits, in the order in which they are named. */
  public List<RateLimit> limits() {
    return limits;
  }

  LimitTerms on(@Nullable String plan) {
    return plan == null ? onOther : onPlans.getOrDefault(plan, onOther);
  }

  @Override
  public String toString() {
    return limits.stream().map(RateLimit::name).toList().toString();
  }
}
