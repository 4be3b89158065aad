package dev.keyway.server.door;

import dev.keyway.server.http.ProblemCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts the answers that one door gives in front of one product. An answer costs one look-up and
 * one add.
 */
public final class AnswerCounters {
  /** Those that every door refuses with; they are there from the start, at zero. */
  private static final Set<ProblemCode> CODES =
      EnumSet.of(
          ProblemCode.INVALID_REQUEST,
          ProblemCode.MISSING_KEY,
          ProblemCode.INVALID_KEY,
          ProblemCode.KEY_IN_QUERY,
          ProblemCode.API_ACCESS_DENIED,
          ProblemCode.OUT_OF_SCOPE,
          ProblemCode.NOT_FOUND,
          ProblemCode.METHOD_NOT_ALLOWED,
          ProblemCode.TOO_LARGE,
          ProblemCode.RATE_LIMITED,
          ProblemCode.INTERNAL,
          ProblemCode.CANNOT_VERIFY);

  /** Those of a door behind which upstreams are reached. */
  private static final Set<ProblemCode> OF_UPSTREAMS =
      EnumSet.of(
          ProblemCode.UNAVAILABLE,
          ProblemCode.UPSTREAM_UNAVAILABLE,
          ProblemCode.UPSTREAM_NOT_CONFIGURED,
          ProblemCode.UPSTREAM_TIMEOUT);

  private static final int STATUSES = 1_000;
  private static final String NO_CODE = "none";

  private final MeterRegistry registry;
  private final String name;
  private final String description;
  private final String product;
  private final Map<ProblemCode, Counter> refused = new EnumMap<>(ProblemCode.class);

  // Two loops may fill the same place; the registry gives both the same counter.
  private final @Nullable Counter[] passed = new Counter[STATUSES];

  private AnswerCounters(MeterRegistry registry, String name, String description, String product) {
    this.registry = registry;
    this.name = name;
    this.description = description;
    this.product = product;
    start(CODES);
  }

  /** Counts as {@code keyway_gateway_answers_total}. */
  public static AnswerCounters ofGateway(MeterRegistry registry, String product) {
    var counters =
        new AnswerCounters(
            registry,
            "keyway.gateway.answers",
            "Answers of the gateway by product, status and problem code; code \"none\" came from the upstream",
            product);
    counters.start(OF_UPSTREAMS);
    return counters;
  }

  /** Counts as {@code keyway_authz_answers_total}. */
  public static AnswerCounters ofForwardAuth(MeterRegistry registry, String product) {
    return new AnswerCounters(
        registry,
        "keyway.authz.answers",
        "Answers of forward-auth by product, status for the client and problem code; code \"none\" let the request pass or answered a CORS preflight",
        product);
  }

  private void start(Set<ProblemCode> codes) {
    for (ProblemCode code : codes) {
      refused.put(code, counter(code.status(), code.text()));
    }
  }

  /** Keyway itself has answered, with a problem. */
  public void refused(ProblemCode code) {
    Counter counter = refused.get(code);
    (counter == null ? counter(code.status(), code.text()) : counter).increment();
  }

  /** An upstream has answered, or Keyway in its place and with no problem. */
  public void passed(int status) {
    Counter counter = passed[status];
    if (counter == null) {
      counter = counter(status, NO_CODE);
      passed[status] = counter;
    }
    counter.increment();
  }

  private Counter counter(int status, String code) {
    return Counter.builder(name)
        .description(description)
        .tag("product", product)
        .tag("status", Integer.toString(status))
        .tag("code", code)
        .register(registry);
  }
}
