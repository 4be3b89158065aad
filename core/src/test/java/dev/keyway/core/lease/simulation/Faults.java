package dev.keyway.core.lease.simulation;

/** What happens to a {@link World} from outside: callers who revoke, and what goes wrong. */
final class Faults {
  /** Nodes have joined by then. */
  private static final long BEGIN = 150_000;

  private static final long BETWEEN_FAULTS = 300_000;
  private static final long LONGEST_FAULT = 1_500_000;
  private static final long BETWEEN_REVOCATIONS = 600_000;
  private static final long JOINING = 3_000;
  private static final long LONGEST_OVERHANG = 60_000;
  private static final long LONGEST_GAP = 400_000;

  private final World world;
  private final Timeline timeline;
  private final Chance chance;
  private int nextKey;

  Faults(World world) {
    this.world = world;
    this.timeline = world.timeline();
    this.chance = world.chance();
  }

  void begin() {
    world.whenJoining(this::revokeMeanwhile);
    timeline.at(BEGIN, this::revokeNowAndThen);
    timeline.at(BEGIN, this::changeTtlNowAndThen);
    switch (world.weather()) {
      case CALM -> {}
      case LOSSES -> timeline.at(BEGIN, this::loseNowAndThen);
      case SILENT_NODES, STORM -> timeline.at(BEGIN, this::breakNowAndThen);
    }
  }

  private void revokeNowAndThen() {
    revoke();
    again(BETWEEN_REVOCATIONS, this::revokeNowAndThen);
  }

  /** As many changes as are lost are made again at once: their numbers tell nothing. */
  private void loseNowAndThen() {
    world.database().keep();
    int count = 1 + chance.below(2);
    revokeSeveral(count);
    timeline.after(
        chance.between(1, LONGEST_OVERHANG),
        () -> {
          world.lose();
          revokeSeveral(count + chance.below(2));
        });
    again(BETWEEN_REVOCATIONS * 2, this::loseNowAndThen);
  }

  private void revokeSeveral(int count) {
    for (int i = 0; i < count; i++) {
      revoke();
    }
  }

  private void changeTtlNowAndThen() {
    if (chance.oneIn(2)) {
      world.node(revoker()).useTtl(world.ttl());
    }
    again(BETWEEN_REVOCATIONS * 2, this::changeTtlNowAndThen);
  }

  private void breakNowAndThen() {
    hurt();
    again(BETWEEN_FAULTS * 2, this::breakNowAndThen);
  }

  private void again(long atMost, Runnable what) {
    long next = timeline.now() + chance.between(1, atMost);
    if (next < World.STORM) {
      timeline.at(next, what);
    }
  }

  /** While a node joins is when it matters what somebody else does. */
  private void revokeMeanwhile() {
    if (timeline.now() > BEGIN && world.weather() == Weather.STORM && chance.oneIn(3)) {
      timeline.after(chance.between(1, JOINING), this::revoke);
    }
  }

  /**
   * A key that nobody has revoked, or once more the last one; now and then on two nodes at once.
   */
  private void revoke() {
    if (nextKey == Keys.COUNT) {
      return;
    }
    int key = nextKey;
    if (!chance.oneIn(4)) {
      nextKey++;
    }
    world.revoke(revoker(), key);
    if (chance.oneIn(3)) {
      world.revoke(revoker(), key);
    }
  }

  private int revoker() {
    return world.weather() == Weather.SILENT_NODES ? 0 : chance.below(World.NODES);
  }

  private void hurt() {
    boolean isStorm = world.weather() == Weather.STORM;
    int number = isStorm ? chance.below(World.NODES) : 1 + chance.below(World.NODES - 1);
    long duration = chance.between(1_000, LONGEST_FAULT);
    switch (chance.below(isStorm ? 8 : 5)) {
      case 0, 1 -> world.node(number).stopFor(duration);
      case 2, 3 -> world.node(number).cutOffFor(duration);
      case 4 -> restart(number);
      case 5 -> world.database().stopFor(duration / 2);
      default -> world.database().failOver(chance.between(1, LONGEST_GAP), duration);
    }
    // What begins again is when it matters what somebody else does.
    if (chance.oneIn(2)) {
      timeline.after(duration + chance.between(0, 50_000) - 20_000, this::revoke);
    }
  }

  private void restart(int number) {
    Node node = world.node(number);
    long gap = 0;
    if (chance.oneIn(2)) {
      node.leave();
      gap = chance.between(1, BETWEEN_FAULTS);
    }
    timeline.after(
        gap,
        () -> {
          node.crash();
          timeline.after(chance.between(1, BETWEEN_FAULTS), () -> world.start(number));
        });
  }
}
