package dev.keyway.core.limit;

import dev.keyway.core.limit.UnitStore.Claim;
import dev.keyway.core.limit.UnitStore.Grant;
import dev.keyway.core.limit.UnitStore.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The units of rolling windows that count, in memory: the rules of a {@link UnitStore}, without
 * what a store adds to them. A node's own share is counted by it, and what a store grants can be
 * held against it.
 *
 * <p>Not to be used by several threads at once.
 */
public final class UnitLedger {
  /** A claim gets this part of what is free, at most: others may ask in the same instant. */
  public static final int SPREAD = 4;

  /** Spent units are forgotten in steps of this part of the window, so that a log stays short. */
  public static final int STEPS = 500;

  private final Map<CountedSubject, Log> logs = new HashMap<>();

  /**
   * Decides about a claim of a rolling window.
   *
   * @param ceiling how many units may count; less than the claim's number where others have some
   *     that are not known here
   */
  public Grant claim(Claim claim, Period.Rolling period, long nowMillis, long ceiling) {
    Log log = logs.computeIfAbsent(claim.subject(), _ -> new Log());
    log.expire(nowMillis);
    return log.claim(claim, period, nowMillis, ceiling);
  }

  /** Forgets what counts no more. */
  public void forget(long nowMillis) {
    logs.values().removeIf(log -> log.isOver(nowMillis));
  }

  /** Forgets everything. */
  public void clear() {
    logs.clear();
  }

  /** What one account holds. */
  private record Open(long until, long number, long spent, int units) {}

  /** The units of one subject. */
  private static final class Log {
    private final TreeMap<Long, Integer> spent = new TreeMap<>();
    private final Map<String, Open> open = new HashMap<>();
    private long used;

    void expire(long now) {
      var over = spent.headMap(now, true);
      over.values().forEach(units -> used -= units);
      over.clear();
      open.values()
          .removeIf(some -> {
            boolean isOver = some.until() <= now;
            used -= isOver ? some.units() : 0;
            return isOver;
          });
    }

    boolean isOver(long now) {
      expire(now);
      return spent.isEmpty() && open.isEmpty();
    }

    Grant claim(Claim claim, Period.Rolling period, long now, long ceiling) {
      Open before = open.get(claim.account());
      if (before != null && claim.number() <= before.number()) {
        return Grant.unknown();
      }
      // One more than the window: truncated times can look a millisecond further apart than they
      // are.
      long window = period.window().toMillis() + 1;
      int hand = settle(claim, before, now + window, Math.max(1, window / STEPS));
      boolean isKept = before != null && hand == claim.inHand();
      int needed = Math.max(0, claim.least() - (isKept ? hand : 0));
      long room = Math.max(0, ceiling - used - hand);
      int units = room < needed ? 0 : units(claim, hand, needed, room);
      long life = UnitLife.millis(period);
      used += hand + units;
      open.put(
          claim.account(),
          new Open(now + life + window, claim.number(), claim.spent(), hand + units));
      long free = Math.max(0, claim.allowed() - used);
      Outcome outcome = outcome(claim, needed, room);
      long missing = outcome == Outcome.FULL ? used + needed - claim.allowed() : 1;
      return new Grant(
          outcome,
          units,
          isKept,
          free,
          wait(now, missing, window),
          UnitLife.spendableMillis(period));
    }

    /** Takes in what became of an account's units; answers how many of them it goes on holding. */
    private int settle(Claim claim, @Nullable Open before, long until, long step) {
      if (before == null) {
        // Nothing of it counts any more, or this never knew of it.
        return 0;
      }
      int gone = Math.clamp(claim.spent() - before.spent(), 0, before.units());
      int hand = Math.min(claim.inHand(), before.units() - gone);
      used += gone - before.units();
      if (gone > 0) {
        spent.merge((until + step - 1) / step * step, gone, Integer::sum);
      }
      return hand;
    }

    private static int units(Claim claim, int hand, int needed, long room) {
      long fair = Math.max(needed, room / SPREAD);
      return (int) Math.min(fair, Math.max(needed, claim.wanted() - hand));
    }

    private Outcome outcome(Claim claim, int needed, long room) {
      if (room >= needed) {
        return Outcome.GRANTED;
      }
      return claim.allowed() - used < needed ? Outcome.FULL : Outcome.UNKNOWN;
    }

    private long wait(long now, long missing, long window) {
      List<Map.Entry<Long, Integer>> ends = new ArrayList<>(spent.entrySet());
      open.values().forEach(some -> ends.add(Map.entry(some.until(), some.units())));
      ends.sort(Comparator.comparingLong(Map.Entry::getKey));
      long left = missing;
      for (var end : ends) {
        left -= end.getValue();
        if (left <= 0) {
          return Math.max(1, end.getKey() - now);
        }
      }
      return window;
    }
  }
}
