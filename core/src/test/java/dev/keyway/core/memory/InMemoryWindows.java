package dev.keyway.core.memory;

import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.limit.RateLimit;
import dev.keyway.core.limit.WindowStore;
import java.util.List;

/** Keeps admissions by the epoch, as a database would. */
final class InMemoryWindows implements WindowStore {
  private final Memory memory;

  InMemoryWindows(Memory memory) {
    this.memory = memory;
  }

  @Override
  public boolean begin(long nowMillis, long epochAtZero) {
    synchronized (memory) {
      boolean inOrder = !memory.isLimitRunOpen;
      long now = nowMillis + epochAtZero;
      if (!inOrder) {
        memory.limitGaps.add(now);
      }
      memory.admissions.replaceAll(
          row -> row.atMillis() > now ? moved(row, now - row.atMillis()) : row);
      memory.limitGaps.replaceAll(gap -> Math.min(gap, now));
      memory.isLimitRunOpen = true;
      memory.epochAtZero = epochAtZero;
      return inOrder;
    }
  }

  @Override
  public void moveEpoch(long epochAtZero) {
    synchronized (memory) {
      long by = epochAtZero - memory.epochAtZero;
      memory.admissions.replaceAll(row -> moved(row, by));
      memory.limitGaps.replaceAll(gap -> gap + by);
      memory.epochAtZero = epochAtZero;
    }
  }

  @Override
  public void append(List<Admissions> batch) {
    synchronized (memory) {
      batch.forEach(row -> memory.admissions.add(moved(row, memory.epochAtZero)));
    }
  }

  @Override
  public Kept read(ApiKeyId key, String limit, long afterMillis) {
    synchronized (memory) {
      long zero = memory.epochAtZero;
      return new Kept(
          memory.admissions.stream()
              .filter(row -> row.key().equals(key) && row.limit().equals(limit))
              .map(row -> new Passed(row.atMillis() - zero, row.requests()))
              .filter(passed -> passed.atMillis() > afterMillis)
              .toList(),
          memory.limitGaps.stream()
              .map(gap -> gap - zero)
              .filter(gap -> gap > afterMillis)
              .toList());
    }
  }

  @Override
  public void forget(long nowMillis) {
    synchronized (memory) {
      long now = nowMillis + memory.epochAtZero;
      memory.admissions.removeIf(row -> row.untilMillis() <= now);
      memory.limitGaps.removeIf(gap -> gap < now - 2 * RateLimit.MAX_WINDOW.toMillis());
    }
  }

  @Override
  public void end() {
    synchronized (memory) {
      memory.isLimitRunOpen = false;
    }
  }

  private static Admissions moved(Admissions row, long by) {
    return new Admissions(
        row.key(), row.limit(), row.atMillis() + by, row.untilMillis() + by, row.requests());
  }
}
