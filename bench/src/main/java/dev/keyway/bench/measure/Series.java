package dev.keyway.bench.measure;

import java.util.Arrays;
import java.util.List;

/** What was measured in each round, in the order of the rounds; never empty. */
public final class Series {
  private final double[] values;

  public Series(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a series needs a value");
    }
    this.values = values.clone();
  }

  public static Series of(List<Double> values) {
    return new Series(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The middle one, or the mean of the two in the middle. */
  public double median() {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  public double min() {
    return Arrays.stream(values).min().orElseThrow();
  }

  public double max() {
    return Arrays.stream(values).max().orElseThrow();
  }

  /**
   * Round by round, this divided by the other: neighbours in time, so that a drift of the machine
   * is in both.
   */
  public Series dividedBy(Series other) {
    if (values.length != other.values.length) {
      throw new IllegalArgumentException("the series have different numbers of rounds");
    }
    double[] quotients = new double[values.length];
    for (int i = 0; i < quotients.length; i++) {
      quotients[i] = values[i] / other.values[i];
    }
    return new Series(quotients);
  }
}
