package dev.keyway.core.limit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Every admission, by the true clock, and the judgement about each next one: it slides the window
 * over all that was admitted, and counts the days and months of the calendar.
 */
final class AdmissionRecord {
  /** What was admitted of one subject: when, and how much. */
  private final Map<CountedSubject, Deque<long[]>> windows = new HashMap<>();

  private final Map<CountedSubject, Map<Long, Long>> periods = new HashMap<>();

  /** Takes note of an admission. */
  void admitted(CountedSubject subject, Period period, long micros, long epochMillis, int cost) {
    switch (period) {
      case Period.Rolling _ ->
          windows.computeIfAbsent(subject, _ -> new ArrayDeque<>()).add(new long[] {micros, cost});
      case Period.Calendar calendar ->
          periods
              .computeIfAbsent(subject, _ -> new HashMap<>())
              .merge(calendar.startMillis(epochMillis), (long) cost, Long::sum);
    }
  }

  /**
   * How much was admitted of a subject in the period that ends now.
   *
   * @param marginMicros a rolling window longer by so much
   */
  long used(
      CountedSubject subject, Period period, long micros, long epochMillis, long marginMicros) {
    return switch (period) {
      case Period.Rolling(var window) ->
          windows.getOrDefault(subject, new ArrayDeque<>()).stream()
              .filter(one -> one[0] > micros - window.toMillis() * 1_000 - marginMicros)
              .mapToLong(one -> one[1])
              .sum();
      case Period.Calendar calendar ->
          periods
              .getOrDefault(subject, Map.of())
              .getOrDefault(calendar.startMillis(epochMillis), 0L);
    };
  }
}
