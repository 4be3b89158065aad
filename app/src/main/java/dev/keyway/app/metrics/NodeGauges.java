package dev.keyway.app.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Registers what is read off a part of the node whenever somebody looks at the metrics. Has to be
 * kept for as long as they are looked at: the registry itself refers to counters but weakly.
 */
public final class NodeGauges {
  private final MeterRegistry registry;
  private final List<LongSupplier> kept = new ArrayList<>();

  public NodeGauges(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A number that goes up and down. */
  public NodeGauges gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
    return this;
  }

  /** A number that goes up and down, one of several that a label tells apart. */
  public NodeGauges gauge(
      String name, String description, String label, String labelValue, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).tag(label, labelValue).register(registry);
    return this;
  }

  /** 1 while something holds, else 0. */
  public NodeGauges flag(String name, String description, BooleanSupplier holds) {
    return gauge(name, description, () -> holds.getAsBoolean() ? 1 : 0);
  }

  /** A number that only grows while the process lives. */
  public NodeGauges counter(String name, String description, LongSupplier value) {
    kept.add(value);
    FunctionCounter.builder(name, value, LongSupplier::getAsLong)
        .description(description)
        .register(registry);
    return this;
  }

  /** A number that only grows, one of several that a label tells apart. */
  public NodeGauges counter(
      String name, String description, String label, String labelValue, LongSupplier value) {
    kept.add(value);
    FunctionCounter.builder(name, value, LongSupplier::getAsLong)
        .description(description)
        .tag(label, labelValue)
        .register(registry);
    return this;
  }
}
