package dev.keyway.core.limit;

/**
 * What a request costs once it is admitted.
 *
 * @param limits what it counts against, all or none
 * @param cost how many requests it counts as
 */
public record Charge(LimitSet limits, int cost) {
  public Charge {
    if (cost < 1 || cost > RateLimit.MAX_COST) {
      throw new IllegalArgumentException("a request costs from 1 to " + RateLimit.MAX_COST);
    }
  }
}
