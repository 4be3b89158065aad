package dev.keyway.bench.contest;

import dev.keyway.bench.contest.Round.Pace;
import dev.keyway.bench.measure.Series;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** One contender's rounds at one pace, in figures. */
public record Summary(Contender contender, List<Round> rounds) {
  public Summary {
    rounds = List.copyOf(rounds);
  }

  static Summary of(Contender contender, Pace pace, List<Round> rounds) {
    return new Summary(
        contender,
        rounds.stream()
            .filter(round -> round.contender().equals(contender) && round.pace() == pace)
            .toList());
  }

  /** Microseconds of CPU per request. */
  public Series cost() {
    return series(Round::cost);
  }

  public Series requestsPerSecond() {
    return series(round -> round.load().requestsPerSecond());
  }

  public Series p50Millis() {
    return series(round -> round.load().p50Micros() / 1e3);
  }

  public Series p99Millis() {
    return series(round -> round.load().p99Micros() / 1e3);
  }

  Series series(ToDoubleFunction<Round> figure) {
    return Series.of(rounds.stream().map(figure::applyAsDouble).toList());
  }
}
