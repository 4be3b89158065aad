package dev.keyway.core.lease.simulation;

import dev.keyway.core.change.Change;

/** The keys of a run: numbers from 0. */
final class Keys {
  static final int COUNT = 16;

  private Keys() {}

  /** The key that a change has revoked. */
  static int of(Change change) {
    String id = change.entities().getFirst().id();
    return Integer.parseInt(id.substring(id.lastIndexOf('_') + 1));
  }
}
