package dev.keyway.bench.scale;

import dev.keyway.bench.load.LoadResult;

/**
 * One visit to a store, in two fresh processes.
 *
 * @param startSeconds from the start of the process to the first verified request
 * @param firstPageMillis a page of the list of keys, the median of some
 * @param laterPageMillis the same for the pages that follow each other from there
 */
record SizeRound(
    double startSeconds,
    double firstPageMillis,
    double laterPageMillis,
    LoadResult hit,
    LoadResult miss,
    LoadResult missSaturated) {
  /** The share of misses, at both paces, that were answered "cannot verify". */
  double turnedAwayPercent() {
    return 100.0
        * (miss.refused() + missSaturated.refused())
        / (miss.requests() + missSaturated.requests());
  }

  String text() {
    return "start %.2f s, list %.1f ms, p99 of a hit %.2f ms, of a miss %.2f ms"
        .formatted(startSeconds, firstPageMillis, hit.p99Micros() / 1e3, miss.p99Micros() / 1e3);
  }
}
