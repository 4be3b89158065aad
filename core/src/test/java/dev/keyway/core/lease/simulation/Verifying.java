package dev.keyway.core.lease.simulation;

import dev.keyway.core.change.ChangeSlots;

/** Verifications on one node: what {@code Verifier} and {@code CachedKeys} do, in steps. */
final class Verifying {
  private static final int MOST_READS = 5;
  private static final long PATIENCE = 200_000;
  private static final long LOOK_AGAIN = 4_000;
  private static final long STEP = 150;
  private static final long SILENCE = 2_000;
  private static final int SELDOM = 20;
  private static final int MOST_PIECES = 300;

  private final Site site;
  private final LeaseLoop lease;
  private final ChangeSlots slots;
  private final Memory memory;
  private int streams;

  Verifying(Site site, LeaseLoop lease, ChangeSlots slots, Memory memory) {
    this.site = site;
    this.lease = lease;
    this.slots = slots;
    this.memory = memory;
  }

  void begin(int key) {
    if (site.chance().oneIn(20)) {
      memory.forget(key);
    }
    long begunAt = site.timeline().now();
    check(new One(key, begunAt, site.clock() + PATIENCE));
  }

  /** The lease is asked for before memory is read; what lies in between may take any time. */
  private void check(One one) {
    if (lease.isHeld()) {
      site.machine().after(site.chance().between(1, STEP), () -> look(one));
    } else if (!lease.isResting() && site.clock() < one.deadline()) {
      site.machine().after(LOOK_AGAIN, () -> check(one));
    }
  }

  private void look(One one) {
    KnownKey known = memory.ifCached(one.key());
    if (known == null) {
      read(one, 1);
    } else {
      answer(one, known);
    }
  }

  private void read(One one, int times) {
    long applied = slots.applied();
    site.call(
        site.statements().find(one.key()),
        found -> {
          if (memory.keep(one.key(), found, applied)) {
            answer(one, found);
          } else if (times < MOST_READS) {
            read(one, times + 1);
          }
        });
  }

  private void answer(One one, KnownKey known) {
    if (!known.isGood()) {
      site.history().refused(site.number(), one.key());
      return;
    }
    site.history().accepted(site.number(), one.key(), one.begunAt());
    if (site.chance().oneIn(30)) {
      open(one, known);
    }
  }

  private void open(One one, KnownKey known) {
    long silence = site.chance().delay(SILENCE, SILENCE * 20, SELDOM);
    int pieces = site.chance().below(MOST_PIECES);
    var stream = new Stream(site, lease.exchanges(), one.key(), streams++, silence, pieces);
    if (lease.exchanges().enter(stream, known.key())) {
      stream.flow();
    }
  }

  /**
   * A verification under way.
   *
   * @param begunAt by the true clock
   * @param deadline by the node's
   */
  private record One(int key, long begunAt, long deadline) {}
}
