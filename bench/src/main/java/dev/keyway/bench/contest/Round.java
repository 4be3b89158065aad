package dev.keyway.bench.contest;

import dev.keyway.bench.load.LoadResult;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One contender under load once.
 *
 * @param process which of the contender's processes it was, from 0
 * @param background what the load in the background saw, if there was one
 * @param instructions that the server's processes executed, where they can be counted
 * @param later CPU time that the same process used after the load until its next round: writing
 *     what it gathered, for example
 */
public record Round(
    Contender contender,
    Pace pace,
    int process,
    LoadResult load,
    @Nullable LoadResult background,
    Usage usage,
    Duration later,
    OptionalLong instructions) {

  /** How requests follow each other. */
  public enum Pace {
    /** As fast as they are answered. */
    SATURATED,
    /** At the same rate for all contenders. */
    FIXED_RATE
  }

  /**
   * CPU time by who used it.
   *
   * @param server the contender's process and its children
   * @param upstream those that work for it
   * @param wrk the load generators
   * @param others all that has nothing to do with the benchmark, and interrupts
   * @param stolen given to others by the machine's host
   */
  public record Usage(
      Duration wall,
      Duration server,
      Duration upstream,
      Duration wrk,
      Duration others,
      Duration stolen) {
    /** How many cores a CPU time is, over the round. */
    double cores(Duration used) {
      return (double) used.toNanos() / wall.toNanos();
    }
  }

  Round withLater(Duration used) {
    return new Round(contender, pace, process, load, background, usage, used, instructions);
  }

  /** Microseconds of CPU that a request cost its server, later work included. */
  double cost() {
    return perRequest(usage.server.plus(later));
  }

  double laterCost() {
    return perRequest(later);
  }

  double upstreamCost() {
    return perRequest(usage.upstream);
  }

  double instructionsPerRequest() {
    return (double) instructions.orElse(0) / requests();
  }

  double bytesPerAnswer() {
    return (double) load.bytes() / load.requests();
  }

  double othersCores() {
    return usage.cores(usage.others);
  }

  /** Those of the background cost the same process. */
  private long requests() {
    return load.requests() + (background == null ? 0 : background.requests());
  }

  private double perRequest(Duration used) {
    return used.toNanos() / 1e3 / requests();
  }
}
