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
  /** Those that doors refuse with; they are there from the start, at zero. */
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
          ProblemCode.UNAVAILABLE,
          ProblemCode.CANNOT_VERIFY,
          ProblemCode.UPSTREAM_UNAVAILABLE,
          ProblemCode.UPSTREAM_NOT_CONFIGURED,
          ProblemCode.UPSTREAM_TIMEOUT);

  private static final int STATUSES = 1_000;
  private static final String NO_CODE = "none";

  private final MeterRegistry registry;
  private final String product;
  private final String meter;
  private final String meaning;
  private final Map<ProblemCode, Counter> refused = new EnumMap<>(ProblemCode.class);

  // Two loops may fill the same place; the registry gives both the same counter.
  private final @Nullable Counter[] passed = new Counter[STATUSES];

  /** Those of the gateway, as {@code keyway_gateway_answers_total}. */
  public AnswerCounters(MeterRegistry registry, String product) {
    this(
        registry,
        product,
        "keyway.gateway.answers",
        "Answers of the gateway by product, status and problem code; code \"none\" came from the upstream");
  }

  /**
   * Those of another door.
   *
   * @param meter its name in the registry
   * @param meaning what it says of itself
   */
  public AnswerCounters(MeterRegistry registry, String product, String meter, String meaning) {
    this.registry = registry;
    this.product = product;
    this.meter = meter;
    this.meaning = meaning;
    for (ProblemCode code : CODES) {
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
    return Counter.builder(meter)
        .description(meaning)
        .tag("product", product)
        .tag("status", Integer.toString(status))
        .tag("code", code)
        .register(registry);
  }
}
