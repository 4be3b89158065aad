package dev.keyway.app.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/** What the process and its Java machine need: memory, threads, processor, files, collections. */
public final class ProcessMetrics {
  private static final int SHOWN = 12;
  private static final double MILLIS_PER_SECOND = 1_000;

  private ProcessMetrics() {}

  /** Registers all of it; each is asked when somebody looks. */
  public static void register(MeterRegistry registry, String version, String profilesHash) {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    ManagementFactory.getGarbageCollectorMXBeans().forEach(bean -> register(registry, bean));
    Gauge.builder("keyway.build.info", () -> 1)
        .description("Always 1; its labels say what runs")
        .tag("version", version)
        .tag("java", Runtime.version().toString())
        .register(registry);
    Gauge.builder("keyway.profiles.info", () -> 1)
        .description("Always 1; its label is the beginning of the SHA-256 of all profiles")
        .tag("hash", profilesHash.substring(0, SHOWN))
        .register(registry);
  }

  private static void register(MeterRegistry registry, GarbageCollectorMXBean bean) {
    FunctionCounter.builder("jvm.gc.collections", bean, GarbageCollectorMXBean::getCollectionCount)
        .description("Garbage collections")
        .tag("collector", bean.getName())
        .register(registry);
    FunctionCounter.builder("jvm.gc.time", bean, gc -> gc.getCollectionTime() / MILLIS_PER_SECOND)
        .description("Time spent in garbage collections")
        .baseUnit("seconds")
        .tag("collector", bean.getName())
        .register(registry);
  }
}
