package dev.keyway.core.limit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many requests a limit allows: one number for all, or one for each plan. */
public sealed interface Allowance {

  /** The number for a plan; 0 where the limit does not apply. */
  long on(@Nullable String plan);

  long least();

  long greatest();

  /** The same number whatever the plan. */
  record Same(long requests) implements Allowance {
    public Same {
      requirePositive(requests);
    }

    @Override
    public long on(@Nullable String plan) {
      return requests;
    }

    @Override
    public long least() {
      return requests;
    }

    @Override
    public long greatest() {
      return requests;
    }
  }

  /**
   * A number for each plan that is named; on others the limit does not apply.
   *
   * @param requests by plan, in the order of the profile
   */
  record ByPlan(Map<String, Long> requests) implements Allowance {
    public ByPlan {
      requests = Collections.unmodifiableMap(new LinkedHashMap<>(requests));
      if (requests.isEmpty()) {
        throw new IllegalArgumentException("at least one plan has a number");
      }
      requests.values().forEach(Allowance::requirePositive);
    }

    @Override
    public long on(@Nullable String plan) {
      return plan == null ? 0 : requests.getOrDefault(plan, 0L);
    }

    @Override
    public long least() {
      return Collections.min(requests.values());
    }

    @Override
    public long greatest() {
      return Collections.max(requests.values());
    }
  }

  private static void requirePositive(long requests) {
    if (requests < 1) {
      throw new IllegalArgumentException("a limit allows 1 request or more");
    }
  }
}
