package dev.keyway.core.change;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * For every entity, the latest change that may have touched it: 65,536 counters, shared by hash.
 *
 * <p>State read at head <i>h</i> is current exactly as long as no slot it depends on holds a number
 * greater than <i>h</i>. Two entities that share a slot cost a needless re-read, never a stale
 * decision. Raising a slot is what makes a change take effect on this node: whoever checks
 * afterwards sees it, with no lock and nothing to search.
 */
public final class ChangeSlots {
  private static final int COUNT = 1 << 16;

  private final AtomicLongArray slots = new AtomicLongArray(COUNT);
  private final AtomicLong applied = new AtomicLong();

  /** The slot an entity falls into. */
  public static int slotOf(Entity.Kind kind, String id) {
    int hash = id.hashCode() * 31 + kind.salt();
    // Fibonacci hashing: the high 16 bits of the product are the well-mixed ones.
    return (hash * 0x9E3779B9) >>> 16;
  }

  /**
   * Makes a change count from now on, for every reader on this node. The head is raised last: who
   * sees it sees the slots.
   */
  public void apply(Change change) {
    for (Entity entity : change.entities()) {
      slots.accumulateAndGet(slotOf(entity.kind(), entity.id()), change.seq(), Math::max);
    }
    applied.accumulateAndGet(change.seq(), Math::max);
  }

  /** The latest change applied here; what is read from a store must be at least as new. */
  public long applied() {
    return applied.get();
  }

  /**
   * Starts at a head that the store had, without the changes before it: all that was read at an
   * older one counts no more.
   */
  public void startAt(long head) {
    for (int slot = 0; slot < COUNT; slot++) {
      slots.accumulateAndGet(slot, head, Math::max);
    }
    applied.accumulateAndGet(head, Math::max);
  }

  /** Whether nothing was applied since {@code head}: what was read there is current. */
  public boolean isLatest(long head) {
    return applied.get() <= head;
  }

  /** The latest change that may have touched what falls into {@code slot}. */
  public long latest(int slot) {
    return slots.get(slot);
  }
}
