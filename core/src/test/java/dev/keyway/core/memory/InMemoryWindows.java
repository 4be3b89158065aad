package dev.keyway.core.memory;

import dev.keyway.core.limit.CountedSubject;
import dev.keyway.core.limit.Period;
import dev.keyway.core.limit.WindowStore;
import java.util.List;
import java.util.Optional;

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
      memory.quotas.replaceAll((_, quota) -> withReserve(quota, quota.used() + quota.reserve(), 0));
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
  public void write(List<Entry> batch) {
    synchronized (memory) {
      for (Entry entry : batch) {
        switch (entry) {
          case Admissions row -> memory.admissions.add(moved(row, memory.epochAtZero));
          case QuotaUse quota -> memory.quotas.put(quota.subject(), quota);
        }
      }
    }
  }

  @Override
  public Kept read(CountedSubject subject, long afterMillis) {
    synchronized (memory) {
      long zero = memory.epochAtZero;
      return new Kept(
          memory.admissions.stream()
              .filter(row -> row.subject().equals(subject))
              .map(row -> new Passed(row.atMillis() - zero, row.requests(), row.reserve()))
              .filter(passed -> passed.atMillis() > afterMillis)
              .toList(),
          memory.limitGaps.stream()
              .map(gap -> gap - zero)
              .filter(gap -> gap > afterMillis)
              .toList());
    }
  }

  @Override
  public Optional<QuotaUse> quota(CountedSubject subject) {
    synchronized (memory) {
      return Optional.ofNullable(memory.quotas.get(subject));
    }
  }

  @Override
  public void forget(long nowMillis) {
    synchronized (memory) {
      long now = nowMillis + memory.epochAtZero;
      memory.quotas.values().removeIf(quota -> quota.endMillis() + QuotaUse.KEPT_MILLIS <= now);
      memory.admissions.removeIf(row -> row.untilMillis() <= now);
      memory.limitGaps.removeIf(gap -> gap < now - 2 * Period.Rolling.GREATEST.toMillis());
    }
  }

  @Override
  public void end() {
    synchronized (memory) {
      memory.quotas.replaceAll((_, quota) -> withReserve(quota, quota.used(), 0));
      memory.isLimitRunOpen = false;
    }
  }

  private static Admissions moved(Admissions row, long by) {
    return new Admissions(
        row.subject(), row.atMillis() + by, row.untilMillis() + by, row.requests(), row.reserve());
  }

  private static QuotaUse withReserve(QuotaUse quota, long used, int reserve) {
    return new QuotaUse(quota.subject(), quota.startMillis(), quota.endMillis(), used, reserve);
  }
}
