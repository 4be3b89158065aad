package dev.keyway.core.lease;

import dev.keyway.core.change.Place;
import java.time.Duration;

/**
 * Makes good what a store has lost, as far as anybody else knows it.
 *
 * <p>An implementation:
 *
 * <ol>
 *   <li>must find out in a committed write whether anything is lost: a server that was deposed
 *       cannot tell;
 *   <li>must then return only when the store's head is above every number that was ever seen, in a
 *       change that is committed: what was read before counts as older from then on;
 *   <li>must do no harm when it is asked twice.
 * </ol>
 */
public interface LostHistory {

  /**
   * Makes it good.
   *
   * @param seen a change that the store had once
   * @throws dev.keyway.core.UnavailableException when it may not be done, or not wholly
   */
  void recover(Place seen);

  /**
   * Waits until what is applied here would outlast the store. A node says that it has applied a
   * change only when that is so: otherwise nobody but the change's maker could make it again, and
   * this node would decide without it once it has recovered.
   *
   * @return the last change of which that is so, {@code applied} or one before it: that this takes
   *     longer than {@code patience} must not keep a node from its lease
   */
  default Place kept(Place applied, Duration patience) {
    return applied;
  }
}
