package dev.keyway.core.memory;

import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.usage.UsageRange;
import dev.keyway.core.usage.UsageStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the use of keys as it is handed in, and sums it up when it is read. */
final class InMemoryUsage implements UsageStore {
  private final Memory memory;

  InMemoryUsage(Memory memory) {
    this.memory = memory;
  }

  @Override
  public void used(Map<ApiKeyId, Instant> lastUses) {
    synchronized (memory) {
      lastUses.forEach((key, at) -> memory.lastUses.merge(key, at, InMemoryUsage::later));
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
  public void counted(List<HourUse> uses) {
    synchronized (memory) {
      for (HourUse use : uses) {
        memory.hourUses.add(use);
        for (ClientUse client : use.clients()) {
          var key = new Client(use.key(), client.client(), client.addressPrefix());
          memory.clients.merge(key, client, InMemoryUsage::together);
        }
        clients(use.key()).stream()
            .skip(MOST_CLIENTS)
            .forEach(client ->
                memory.clients.remove(
                    new Client(use.key(), client.client(), client.addressPrefix())));
      }
    }
  }

  @Override
  public void refused(List<RefusalCount> counts) {
    synchronized (memory) {
      memory.refusals.addAll(counts);
    }
  }

  @Override
  public List<StepRequests> requests(Collection<ApiKeyId> keys, UsageRange range) {
    synchronized (memory) {
      Map<StepRequests, Long> sums = new HashMap<>();
      for (HourUse use : memory.hourUses) {
        if (keys.contains(use.key()) && isIn(range, use.hour())) {
          var step = new StepRequests(use.key(), step(range, use.hour()), 0);
          sums.merge(step, use.requests(), Long::sum);
        }
      }
      return sums.entrySet().stream()
          .map(sum -> new StepRequests(sum.getKey().key(), sum.getKey().at(), sum.getValue()))
          .toList();
    }
  }

  @Override
  public List<StepRefusals> refusals(Collection<ApiKeyId> keys, UsageRange range) {
    synchronized (memory) {
      Map<StepRefusals, Long> sums = new HashMap<>();
      for (RefusalCount count : memory.refusals) {
        if (keys.contains(count.key()) && isIn(range, count.minute())) {
          Instant at = step(range, count.minute());
          sums.merge(
              new StepRefusals(count.key(), at, count.reason(), 0), count.count(), Long::sum);
        }
      }
      return sums.entrySet().stream()
          .map(sum -> {
            StepRefusals step = sum.getKey();
            return new StepRefusals(step.key(), step.at(), step.reason(), sum.getValue());
          })
          .toList();
    }
  }

  @Override
  public List<ClientUse> clients(ApiKeyId key) {
    synchronized (memory) {
      return memory.clients.entrySet().stream()
          .filter(entry -> entry.getKey().key().equals(key))
          .map(Map.Entry::getValue)
          .sorted(Comparator.comparing(ClientUse::lastSeenAt).reversed())
          .toList();
    }
  }

  @Override
  public void forget(Instant before) {
    synchronized (memory) {
      memory.hourUses.removeIf(use -> use.hour().isBefore(before));
      memory.refusals.removeIf(count -> count.minute().isBefore(before));
      memory.clients.values().removeIf(client -> client.lastSeenAt().isBefore(before));
    }
  }

  @Override
  public void forgetMinutes(Instant before) {
    // Hours are summed up out of the minutes here.
  }

  private static boolean isIn(UsageRange range, Instant at) {
    return !at.isBefore(range.from()) && at.isBefore(range.to());
  }

  private static Instant step(UsageRange range, Instant at) {
    long length = range.step().length().toMillis();
    return Instant.ofEpochMilli(at.toEpochMilli() / length * length);
  }

  private static ClientUse together(ClientUse one, ClientUse other) {
    return new ClientUse(
        one.client(),
        one.addressPrefix(),
        one.firstSeenAt().isBefore(other.firstSeenAt()) ? one.firstSeenAt() : other.firstSeenAt(),
        later(one.lastSeenAt(), other.lastSeenAt()),
        one.requests() + other.requests());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** By what a client is told from others. */
  record Client(ApiKeyId key, @Nullable String name, String addressPrefix) {}
}
