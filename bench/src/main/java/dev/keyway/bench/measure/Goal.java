package dev.keyway.bench.measure;

import java.util.Locale;

/** A bound that a figure is to keep. */
public record Goal(Side side, double bound) {
  /** On which side of the bound figures reach the goal. */
  public enum Side {
    AT_MOST,
    AT_LEAST
  }

  public static Goal atMost(double bound) {
    return new Goal(Side.AT_MOST, bound);
  }

  public static Goal atLeast(double bound) {
    return new Goal(Side.AT_LEAST, bound);
  }

  boolean isReachedBy(double figure) {
    return switch (side) {
      case AT_MOST -> figure <= bound;
      case AT_LEAST -> figure >= bound;
    };
  }

  /** For example {@code at most 1.50}. */
  public String text() {
    String words = side == Side.AT_MOST ? "at most " : "at least ";
    return words + String.format(Locale.ROOT, bound < 10 ? "%.2f" : "%,.0f", bound);
  }
}
