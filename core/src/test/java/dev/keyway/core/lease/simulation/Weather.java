package dev.keyway.core.lease.simulation;

/** What may go wrong in a run. */
enum Weather {
  /** Nothing. */
  CALM,
  /** Nodes other than the one that revokes. */
  SILENT_NODES,
  /** Everything, for a time. */
  STORM;

  /** One in eight is calm, and one in eight has silent nodes. */
  static Weather of(long seed) {
    return switch (Math.floorMod(seed, 8)) {
      case 0 -> CALM;
      case 1 -> SILENT_NODES;
      default -> STORM;
    };
  }
}
