package dev.keyway.server.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Counts what became of the requests that were admitted to one upstream as {@code
 * keyway_upstream_answers_total}, and times the heads of its answers. All series are there from the
 * start, at zero, so that the first failure is a step; an event costs one add.
 */
final class UpstreamMeters {
  /** Steps of the histogram: from a cached answer of a neighbour to the longest patience. */
  private static final Duration[] STEPS = {
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30)
  };

  private final Timer firstByte;
  private final Counter passed;
  private final Counter unavailable;
  private final Counter timeout;
  private final Counter busy;

  UpstreamMeters(MeterRegistry registry, String product, String upstream) {
    this.firstByte =
        Timer.builder("keyway.upstream.first.byte")
            .description("Time from a request handed to an upstream to the head of its answer")
            .tag("product", product)
            .tag("upstream", upstream)
            .serviceLevelObjectives(STEPS)
            .register(registry);
    this.passed = counter(registry, product, upstream, "passed");
    this.unavailable = counter(registry, product, upstream, "unavailable");
    this.timeout = counter(registry, product, upstream, "timeout");
    this.busy = counter(registry, product, upstream, "busy");
  }

  /** The head of an answer came, of whatever kind. */
  void firstByte(long waitedNanos) {
    firstByte.record(waitedNanos, TimeUnit.NANOSECONDS);
  }

  /** An answer is passed on, whatever its status. */
  void passed() {
    passed.increment();
  }

  /** It could not be reached, broke off before the head, or answered with what is no answer. */
  void unavailable() {
    unavailable.increment();
  }

  /** The head did not come in time. */
  void timedOut() {
    timeout.increment();
  }

  /** Too many requests wait for a connection to it. */
  void busy() {
    busy.increment();
  }

  private static Counter counter(
      MeterRegistry registry, String product, String upstream, String outcome) {
    return Counter.builder("keyway.upstream.answers")
        .description(
            "Requests admitted to an upstream by outcome: passed (its answer, whatever the status), unavailable (502), timeout (504), busy (503)")
        .tag("product", product)
        .tag("upstream", upstream)
        .tag("outcome", outcome)
        .register(registry);
  }
}
