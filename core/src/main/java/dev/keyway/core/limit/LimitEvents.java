package dev.keyway.core.limit;

import java.time.Duration;

/** What a {@link RollingWindowLimiter} tells the node around it. */
public interface LimitEvents {

  /**
   * There is something to write down: {@link RollingWindowLimiter#writeDue} should be called soon.
   * Told on the event loop, so it must not block.
   */
  void due();

  /** The last run ended without writing down all it had admitted. */
  void lastRunBrokeOff();

  /**
   * The clock on the wall was set while the node ran.
   *
   * @param by how far; negative when it was set back
   */
  void clockSet(Duration by);
}
