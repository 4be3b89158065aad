package dev.keyway.core.usage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A key's accepted requests and its refusals in each step of a range. */
public final class UsageSeries {
  private final UsageRange range;
  private final long[] requests;
  private final List<Map<String, Long>> refusals = new ArrayList<>();

  UsageSeries(UsageRange range) {
    this.range = range;
    this.requests = new long[range.size()];
    for (int i = 0; i < requests.length; i++) {
      refusals.add(new TreeMap<>());
    }
  }

  void addRequests(Instant at, long count) {
    if (range.covers(at)) {
      requests[range.indexOf(at)] += count;
    }
  }

  void addRefusals(Instant at, String reason, long count) {
    if (range.covers(at)) {
      refusals.get(range.indexOf(at)).merge(reason, count, Long::sum);
    }
  }

  /** The requests accepted in a step. */
  public long requests(int step) {
    return requests[step];
  }

  /** The refusals in a step by reason; only reasons that there were. */
  public Map<String, Long> refusals(int step) {
    return Collections.unmodifiableMap(refusals.get(step));
  }

  /** The refusals in a step, for whatever reason. */
  public long allRefusals(int step) {
    return refusals.get(step).values().stream().mapToLong(Long::longValue).sum();
  }
}
