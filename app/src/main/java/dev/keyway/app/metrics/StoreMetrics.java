package dev.keyway.app.metrics;

import dev.keyway.store.sql.TransactionObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Times the store's calls and counts those it could not answer. */
public final class StoreMetrics implements TransactionObserver {
  private static final Duration[] STEPS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(30)
  };

  private final Map<Kind, Timer> calls = new EnumMap<>(Kind.class);
  private final Map<Kind, Counter> failures = new EnumMap<>(Kind.class);

  public StoreMetrics(MeterRegistry registry) {
    for (Kind kind : Kind.values()) {
      String name = kind.name().toLowerCase(Locale.ROOT);
      calls.put(
          kind,
          Timer.builder("keyway.store.call")
              .description("Calls of the store, the wait for its thread included")
              .tag("kind", name)
              .serviceLevelObjectives(STEPS)
              .register(registry));
      failures.put(
          kind,
          Counter.builder("keyway.store.failures")
              .description("Calls that the store could not answer")
              .tag("kind", name)
              .register(registry));
    }
  }

  @Override
  public void answered(Kind kind, Duration took) {
    Timer timer = calls.get(kind);
    if (timer != null) {
      timer.record(took);
    }
  }

  @Override
  public void failed(Kind kind, Duration took) {
    answered(kind, took);
    Counter counter = failures.get(kind);
    if (counter != null) {
      counter.increment();
    }
  }
}
