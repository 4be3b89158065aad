package dev.keyway.core.lease.simulation;

import dev.keyway.core.change.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which servers there are, and which of them somebody who asks comes to. */
final class Database {
  private final Timeline timeline;
  private final Chance chance;
  private Server current;
  private State kept;
  private @Nullable Server deposed;
  private boolean isDown;

  Database(Timeline timeline, Chance chance, State state) {
    this.timeline = timeline;
    this.chance = chance;
    this.kept = state.copy();
    this.current = new Server(timeline, chance, state);
  }

  /** What is committed for good. */
  State state() {
    return current.visible();
  }

  /** The server that a call reaches; null when there is none. */
  @Nullable Server reach() {
    Server old = deposed;
    if (old != null && chance.oneIn(2)) {
      return old;
    }
    return isDown ? null : current;
  }

  /** The standby takes over; for a time some calls still come to the server before. */
  void failOver(long gap, long mixed) {
    if (deposed != null || isDown) {
      return;
    }
    timeline.say(() -> "FAULT database fails over");
    Server before = current;
    deposed = before;
    current = before.failOver();
    isDown = true;
    timeline.after(gap, () -> isDown = false);
    timeline.after(
        mixed,
        () -> {
          deposed = null;
          timeline.say(() -> "FAULT the database's old server is gone");
        });
  }

  /** The state as it is now, which a standby may have for a while yet. */
  void keep() {
    kept = current.visible().copy();
  }

  /**
   * A standby takes over that has only what was {@linkplain #keep kept}.
   *
   * @return what is lost
   */
  List<Change> lose() {
    State before = current.visible();
    State after = kept.copy();
    after.losses++;
    timeline.say(() -> "FAULT database loses changes " + after.head() + " to " + before.head());
    var _ = current.failOver();
    current = new Server(timeline, chance, after);
    kept = after.copy();
    return before.changes.stream().filter(change -> !after.has(change)).toList();
  }

  /** No server answers for so long. */
  void stopFor(long duration) {
    if (!isDown) {
      timeline.say(() -> "FAULT database is down");
      isDown = true;
      timeline.after(duration, () -> isDown = false);
    }
  }
}
