package dev.keyway.core.lease;

import java.time.Duration;

/**
 * The lease of a node that is alone on its store, as its lock on the data folder makes sure: all
 * changes are made by itself, so its memory is never behind.
 */
public final class SoleNodeLease implements Lease {

  @Override
  public boolean isHeld() {
    return true;
  }

  @Override
  public boolean awaitHeld(Duration patience) {
    return true;
  }
}
