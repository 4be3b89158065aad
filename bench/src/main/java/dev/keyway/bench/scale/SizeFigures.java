package dev.keyway.bench.scale;

import dev.keyway.bench.measure.Series;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What was found with so many keys in the store.
 *
 * @param bytesPerKey of a key in memory
 */
record SizeFigures(int keys, Series bytesPerKey, List<SizeRound> rounds) {
  SizeFigures {
    rounds = List.copyOf(rounds);
  }

  Series series(ToDoubleFunction<SizeRound> figure) {
    return Series.of(rounds.stream().map(figure::applyAsDouble).toList());
  }

  String name() {
    return "%,d keys".formatted(keys);
  }
}
