package dev.keyway.server.http;

import dev.keyway.core.flood.Lookups;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * The metrics of one node in Prometheus' text form, and the count of management calls by operation
 * and status as {@code keyway_control_answers_total}.
 *
 * <p>Calls of unknown callers are found there alone, under status 401: they leave no row in the
 * trail.
 */
public final class ControlMetrics implements CallObserver {
  private static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final int ERROR = 500;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, Counter> answers = new ConcurrentHashMap<>();

  // A series that begins with its first event shows no increase; this one begins at zero.
  private final Counter errors =
      Counter.builder("keyway.control.errors")
          .description("Answers of the control listener with status 500; each is a bug")
          .register(registry);

  /** Where other parts of the node register what they count. */
  public PrometheusMeterRegistry registry() {
    return registry;
  }

  /**
   * Shows a listener's connections as {@code keyway_connections} and those it cut off at once as
   * {@code keyway_connections_refused_total}.
   */
  public void countConnections(String listener, OpenConnections connections) {
    Gauge.builder("keyway.connections", connections, OpenConnections::open)
        .description("Connections that clients have open")
        .tag("listener", listener)
        .register(registry);
    FunctionCounter.builder("keyway.connections.refused", connections, OpenConnections::refused)
        .description("Connections of clients cut off because there were too many")
        .tag("listener", listener)
        .register(registry);
  }

  /**
   * Shows as {@code keyway_key_lookups_total} how often the store was asked for a product's key:
   * one that had been verified here before, or a stranger's.
   */
  public void countLookups(Lookups lookups) {
    countLookups(lookups, "verified", Lookups::ofVerified);
    countLookups(lookups, "stranger", Lookups::ofStrangers);
  }

  private void countLookups(Lookups lookups, String whose, ToDoubleFunction<Lookups> count) {
    FunctionCounter.builder("keyway.key.lookups", lookups, count)
        .description("Look-ups in the store of keys that memory did not hold")
        .tag("of", whose)
        .register(registry);
  }

  @Override
  public void answered(String operationId, int status) {
    answers
        .computeIfAbsent(operationId + " " + status, _ -> counter(operationId, status))
        .increment();
    if (status == ERROR) {
      errors.increment();
    }
  }

  /** Answers {@code GET /metrics}. */
  Response scrape() {
    return Response.text(200, MEDIA_TYPE, registry.scrape());
  }

  private Counter counter(String operationId, int status) {
    return Counter.builder("keyway.control.answers")
        .description("Answers of the control listener")
        .tag("operation", operationId)
        .tag("status", String.valueOf(status))
        .register(registry);
  }
}
