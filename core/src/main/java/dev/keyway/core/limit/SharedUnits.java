package dev.keyway.core.limit;

import dev.keyway.core.limit.UnitStore.Claim;
import dev.keyway.core.limit.UnitStore.Grant;
import java.util.List;

/**
 * A store of units of rolling windows that may be lost from sight by some nodes and not by others,
 * and may lose its memory.
 *
 * <p>An implementation must do what is said of a {@link UnitStore}, and besides:
 *
 * <ol>
 *   <li>must hold back, of each limit, the share of every node that it has not heard of for {@link
 *       #SILENT_MILLIS}: that node may take it by itself;
 *   <li>must go on holding back a share that was taken, for a window after its node came back;
 *   <li>must grant nothing for a window and a life of units after its memory was lost, or may have
 *       been.
 * </ol>
 */
public interface SharedUnits extends AutoCloseable {
  /** After how long without a word a node may be on its own. */
  long SILENT_MILLIS = 3_000;

  /**
   * For so long after it joined, and as long as units count besides, a node does not stand for one
   * of those that others say there are: they may not know of it yet, and it may have come for one
   * that took its share until then.
   */
  long YOUNG_MILLIS = SharingUnits.NODES_LAG.toMillis() + 2_000;

  /** A call that is not done by then after it was sent is never done. */
  long LATEST_MILLIS = 2_000;

  /** Grants units: one answer for each claim, in their order. */
  List<Grant> claim(Standing standing, List<Claim> claims);

  /** Whether it would answer. Asking changes nothing there: a node that only asks stays silent. */
  boolean isReachable();

  /**
   * This node stops, and will take no share. One that it took before is held back for as long as
   * without this; so this must not be said by a node that took one and has not told the store.
   */
  void leave();

  /** Asks nothing any more. The store learns nothing by it. */
  @Override
  void close();

  /**
   * What a node says of itself.
   *
   * @param nodes how many there were
   * @param atMillis the time by which {@code nodes} is to be asked
   * @param memberMillis for how long it has surely been one of them, at least; 0 while nobody says
   * @param divisor the part of each limit that this node takes when it loses the store: one of so
   *     many
   * @param sharedDivisor the greatest part that it took since it lost the store; 0 for none
   */
  record Standing(
      NodesSeen nodes, long atMillis, long memberMillis, int divisor, int sharedDivisor) {

    /** What stands for the number of nodes where nobody can say it. */
    public static final int UNHEARD = -1;

    /**
     * How many nodes there can have been at most that admitted what counts now.
     *
     * @param countedMillis how long it counts
     * @return {@link #UNHEARD} where this node has not been one of them for long enough: then each
     *     that is silent may have taken its share
     */
    public int mostNodes(long countedMillis) {
      long back = countedMillis + 2 * SharingUnits.NODES_LAG.toMillis();
      return memberMillis < back ? UNHEARD : nodes.mostSince(atMillis - back);
    }
  }
}
