package dev.keyway.core.memory;

import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.usage.UsageStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Keeps last uses. Counts of refusals are read by no port, so none are kept. */
final class InMemoryUsage implements UsageStore {
  private final Memory memory;

  InMemoryUsage(Memory memory) {
    this.memory = memory;
  }

  @Override
  public void used(Map<ApiKeyId, Instant> lastUses) {
    synchronized (memory) {
      lastUses.forEach(
          (key, at) -> memory.lastUses.merge(key, at, (one, two) -> one.isAfter(two) ? one : two));
    }
  }

  @Override
  public List<ApiKeyId> usedSince(Instant from, int most) {
    synchronized (memory) {
      return memory.lastUses.entrySet().stream()
          .filter(use -> !use.getValue().isBefore(from))
          .sorted(Map.Entry.<ApiKeyId, Instant>comparingByValue().reversed())
          .limit(most)
          .map(Map.Entry::getKey)
          .toList();
    }
  }

  @Override
  public void refused(List<RefusalCount> counts) {}

  @Override
  public void forget(Instant before) {}
}
