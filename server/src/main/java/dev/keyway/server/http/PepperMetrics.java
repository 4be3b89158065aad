package dev.keyway.server.http;

import dev.keyway.core.apikey.DigestStore.PepperUse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;

/**
 * How many living keys depend on each pepper, as {@code keyway_keys_by_pepper}: a version without
 * any can be retired. Version 0 means none.
 */
public final class PepperMetrics {
  private final MultiGauge gauge;

  public PepperMetrics(MeterRegistry registry) {
    this.gauge =
        MultiGauge.builder("keyway.keys.by.pepper")
            .description("Keys that are not revoked, deactivated or expired, by pepper version")
            .register(registry);
  }

  /** Shows these counts from now on. */
  public void show(List<PepperUse> uses) {
    var rows = new ArrayList<Row<?>>();
    for (PepperUse use : uses) {
      rows.add(row(use.version(), "product", use.keys()));
      rows.add(row(use.version(), "operator", use.operatorKeys()));
    }
    gauge.register(rows, true);
  }

  private static Row<?> row(int version, String kind, long keys) {
    return Row.of(Tags.of("version", String.valueOf(version), "kind", kind), keys);
  }
}
