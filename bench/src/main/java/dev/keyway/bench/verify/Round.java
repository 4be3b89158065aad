package dev.keyway.bench.verify;

import dev.keyway.bench.load.LoadResult;
import java.time.Duration;

/**
 * One contender under load once.
 *
 * @param process which of the contender's processes it was, from 0
 * @param server CPU time of the contender's process and its children meanwhile
 * @param later what the same process used after the load until its next round: writing what it
 *     gathered, for example
 * @param upstream CPU time of the trivial upstream
 * @param wrk CPU time of the load generator
 * @param others CPU time of all that has nothing to do with the benchmark, and of interrupts
 * @param stolen time that the machine's host gave to others
 */
record Round(
    Contender contender,
    int process,
    LoadResult load,
    Duration wall,
    Duration server,
    Duration later,
    Duration upstream,
    Duration wrk,
    Duration others,
    Duration stolen) {

  Round withLater(Duration used) {
    return new Round(contender, process, load, wall, server, used, upstream, wrk, others, stolen);
  }

  /** Microseconds of CPU that a request cost its server, later work included. */
  double cost() {
    return perRequest(server.plus(later));
  }

  double laterCost() {
    return perRequest(later);
  }

  double upstreamCost() {
    return perRequest(upstream);
  }

  double bytesPerAnswer() {
    return (double) load.bytes() / load.requests();
  }

  /** How many cores a CPU time is, over the round. */
  double cores(Duration used) {
    return (double) used.toNanos() / wall.toNanos();
  }

  private double perRequest(Duration used) {
    return used.toNanos() / 1e3 / load.requests();
  }
}
