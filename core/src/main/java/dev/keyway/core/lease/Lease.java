package dev.keyway.core.lease;

import java.time.Duration;

/**
 * A node's right to decide from memory: others wait for it before they call a change made, and
 * without it nobody does.
 *
 * <p>An implementation:
 *
 * <ol>
 *   <li>must answer true only while every change that has been confirmed to anybody is applied in
 *       this node's memory, and will be before it is confirmed;
 *   <li>must cease to answer true by itself when it is not renewed, by a clock that cannot be set;
 *   <li>must not block or allocate in {@link #isHeld}: it is asked before each decision, on the
 *       event loop.
 * </ol>
 *
 * <p>Whoever decides asks before memory is read, and not after: what is read in between could be of
 * a time without the lease. Only that something is <em>not</em> there is asked about after, too.
 */
public interface Lease {

  /** Whether memory may be believed now. */
  boolean isHeld();

  /**
   * Waits for a lease that has lapsed. Answers at once while it is held, and when the last attempt
   * to renew it has failed.
   *
   * @return whether it is held now
   */
  boolean awaitHeld(Duration patience);
}
