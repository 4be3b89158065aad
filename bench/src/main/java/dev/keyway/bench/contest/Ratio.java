package dev.keyway.bench.contest;

import dev.keyway.bench.contest.Round.Pace;
import dev.keyway.bench.measure.Comparison;
import dev.keyway.bench.measure.Goal;
import dev.keyway.bench.measure.Series;
import org.jspecify.annotations.Nullable;

/**
 * One contender's figure over another's.
 *
 * @param goal null where it is only reported
 */
public record Ratio(Contender one, Contender other, Figure figure, @Nullable Goal goal) {
  /** What can be compared. */
  public enum Figure {
    CPU("CPU per request", Pace.SATURATED),
    CPU_FIXED_RATE("CPU per request at the fixed rate", Pace.FIXED_RATE),
    THROUGHPUT("requests per second", Pace.SATURATED),
    P50_FIXED_RATE("p50 at the fixed rate", Pace.FIXED_RATE),
    P99_FIXED_RATE("p99 at the fixed rate", Pace.FIXED_RATE);

    private final String text;
    private final Pace pace;

    Figure(String text, Pace pace) {
      this.text = text;
      this.pace = pace;
    }

    Series of(Summary summary) {
      return switch (this) {
        case CPU, CPU_FIXED_RATE -> summary.cost();
        case THROUGHPUT -> summary.requestsPerSecond();
        case P50_FIXED_RATE -> summary.p50Millis();
        case P99_FIXED_RATE -> summary.p99Millis();
      };
    }

    Pace pace() {
      return pace;
    }
  }

  /** A ratio of CPU per request with a goal. */
  public static Ratio cpu(Contender one, Contender other, Goal goal) {
    return new Ratio(one, other, Figure.CPU, goal);
  }

  /** A ratio that is only reported. */
  public static Ratio reported(Contender one, Contender other, Figure figure) {
    return new Ratio(one, other, figure, null);
  }

  Comparison compare(Summary ofOne, Summary ofOther) {
    return Comparison.of(figure.of(ofOne), figure.of(ofOther));
  }

  String title() {
    return "%s, %s / %s".formatted(figure.text, one.name(), other.name());
  }
}
