package dev.keyway.core.lease.simulation;

import org.jspecify.annotations.Nullable;

/** One run from one seed, and what is to be said of it. */
final class SeedRun {
  /** Without faults, from the commit until every node has said so. */
  private static final long SOON = 400_000;

  /** What comes on top of the wait for a silent node: the way to the database and back. */
  private static final long ON_TOP = 150_000;

  private static final long RECOVERY = 3 * World.longestWait() + 1_000_000;

  private final long seed;
  private final World world;

  private SeedRun(long seed, Mistake mistake, boolean isTraced) {
    this.seed = seed;
    this.world = new World(seed, mistake, isTraced);
  }

  /** Runs a seed to its end. */
  static SeedRun of(long seed, Mistake mistake) {
    return run(new SeedRun(seed, mistake, false));
  }

  /** Runs a seed again, and tells what happened. */
  static String trace(long seed, Mistake mistake) {
    SeedRun run = run(new SeedRun(seed, mistake, true));
    return "seed "
        + seed
        + ", "
        + run.world.weather()
        + ", "
        + mistake
        + ": "
        + run.failure()
        + "\n"
        + run.world.timeline().trace();
  }

  private static SeedRun run(SeedRun run) {
    new Faults(run.world).begin();
    long end = World.STORM + RECOVERY;
    Timeline timeline = run.world.timeline();
    for (long now = 0; now < end && run.world.history().violation() == null; now += end / 20) {
      timeline.runUntil(now + end / 20);
    }
    return run;
  }

  long seed() {
    return seed;
  }

  History history() {
    return world.history();
  }

  /** What is wrong; null for nothing. */
  @Nullable String failure() {
    String violation = world.history().violation();
    return violation == null ? stuck() : violation;
  }

  /** A decision that was wrong; null for none. */
  @Nullable String violation() {
    return world.history().violation();
  }

  private @Nullable String stuck() {
    if (!world.isEveryNodeHeld()) {
      return "a node has no lease long after everything is well again";
    }
    if (!world.database().state().unconfirmed.isEmpty()) {
      return "not confirmed: changes " + world.database().state().unconfirmed;
    }
    return switch (world.weather()) {
      case CALM -> notSoon();
      case SILENT_NODES -> late();
      case LOSSES, STORM -> null;
    };
  }

  private @Nullable String notSoon() {
    for (Revoking.Revoked one : world.revoked()) {
      boolean isAll = one.nodes().confirmed() == World.NODES && one.nodes().total() == World.NODES;
      if (one.waited() > SOON || !isAll) {
        return "without faults: " + one;
      }
    }
    return null;
  }

  /** The node that revokes is well itself, and never stops. */
  private @Nullable String late() {
    for (Revoking.Revoked one : world.node(0).revoked()) {
      if (one.waited() > World.longestWait() + ON_TOP) {
        return "longer than the longest wait: " + one;
      }
    }
    return null;
  }
}
