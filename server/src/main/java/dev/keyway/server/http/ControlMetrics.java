package dev.keyway.server.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The metrics of one node in Prometheus' text form, and the count of management calls by operation
 * and status as {@code keyway_control_answers_total}.
 *
 * <p>Calls of unknown callers are found there alone, under status 401: they leave no row in the
 * trail.
 */
public final class ControlMetrics implements CallObserver {
  private static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, Counter> answers = new ConcurrentHashMap<>();

  /** Where other parts of the node register what they count. */
  public PrometheusMeterRegistry registry() {
    return registry;
  }

  @Override
  public void answered(String operationId, int status) {
    answers
        .computeIfAbsent(operationId + " " + status, _ -> counter(operationId, status))
        .increment();
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
