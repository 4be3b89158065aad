package dev.keyway.app.metrics;

import dev.keyway.core.change.NarrowingObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Times how long changes of rights take to hold, and knows those that are not known to. */
public final class NarrowingMetrics implements NarrowingObserver {
  private static final Duration[] STEPS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  private final Map<Long, Long> begun = new ConcurrentHashMap<>();
  private final Set<Long> open = ConcurrentHashMap.newKeySet();
  private final Timer confirmations;
  private final Counter unconfirmed;

  public NarrowingMetrics(MeterRegistry registry) {
    this.confirmations =
        Timer.builder("keyway.narrowing")
            .description("Time from a committed change of rights until it held on every node")
            .serviceLevelObjectives(STEPS)
            .register(registry);
    this.unconfirmed =
        Counter.builder("keyway.narrowing.unconfirmed")
            .description(
                "Changes of rights answered 503 revocation_unconfirmed: committed or not, not known to hold")
            .register(registry);
    Gauge.builder("keyway.narrowing.open", open, Set::size)
        .description("Changes of rights that are committed and still not confirmed to hold")
        .register(registry);
  }

  @Override
  public void began(long seq) {
    begun.putIfAbsent(seq, System.nanoTime());
  }

  @Override
  public void confirmed(long seq) {
    open.remove(seq);
    Long since = begun.remove(seq);
    if (since != null) {
      confirmations.record(System.nanoTime() - since, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void unconfirmed(long seq) {
    begun.remove(seq);
    open.add(seq);
    unconfirmed.increment();
  }

  @Override
  public void unknown() {
    unconfirmed.increment();
  }
}
