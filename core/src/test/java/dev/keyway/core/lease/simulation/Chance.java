package dev.keyway.core.lease.simulation;

import java.util.SplittableRandom;

/** All that is left to chance in a run, from its seed. */
final class Chance {
  private final SplittableRandom random;

  Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** From 0 to just below a bound. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean oneIn(int many) {
    return random.nextInt(many) == 0;
  }

  /** Both ends may come. */
  long between(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  /** Mostly short, and once in so many times as long as it can be. */
  long delay(long usual, long most, int oneIn) {
    return oneIn(oneIn) ? between(usual, most) : between(1, usual);
  }
}
