package dev.keyway.bench.verify;

import dev.keyway.bench.measure.Comparison;
import dev.keyway.bench.measure.Series;
import dev.keyway.bench.verify.Referee.PacedRound;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** One contender's rounds in figures. */
record Summary(Contender contender, List<Round> rounds, List<PacedRound> paced) {
  Summary {
    rounds = List.copyOf(rounds);
    paced = List.copyOf(paced);
  }

  static Summary of(Contender contender, List<Round> rounds, List<PacedRound> paced) {
    return new Summary(
        contender,
        rounds.stream().filter(round -> round.contender() == contender).toList(),
        paced.stream().filter(round -> round.contender() == contender).toList());
  }

  Series cost() {
    return series(Round::cost);
  }

  Series requestsPerSecond() {
    return series(round -> round.load().requestsPerSecond());
  }

  Series p50Millis() {
    return series(round -> round.load().p50Micros() / 1e3);
  }

  Series p99Millis() {
    return series(round -> round.load().p99Micros() / 1e3);
  }

  Series pacedRequestsPerSecond() {
    return Series.of(paced.stream().map(round -> round.load().requestsPerSecond()).toList());
  }

  Series pacedP50Millis() {
    return Series.of(paced.stream().map(round -> round.load().p50Micros() / 1e3).toList());
  }

  Series pacedP99Millis() {
    return Series.of(paced.stream().map(round -> round.load().p99Micros() / 1e3).toList());
  }

  Comparison over(Summary other) {
    return Comparison.of(cost(), other.cost());
  }

  Series series(ToDoubleFunction<Round> figure) {
    return Series.of(rounds.stream().map(figure::applyAsDouble).toList());
  }
}
