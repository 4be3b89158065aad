package dev.keyway.core.lease.simulation;

/** What may go wrong in a run. */
enum Weather {
  /** Nothing. */
  CALM,
  /** Nodes other than the one that revokes. */
  SILENT_NODES,
  /** A server that has not all that was committed takes over. */
  LOSSES,
  /** Everything, for a time. */
  STORM;

  /** One in eight is calm, one has silent nodes, and one loses history. */
  static Weather of(long seed) {
    return switch (Math.floorMod(seed, 8)) {
      case 0 -> CALM;
      case 1 -> SILENT_NODES;
      case 4 -> LOSSES;
      default -> STORM;
    };
  }
}
