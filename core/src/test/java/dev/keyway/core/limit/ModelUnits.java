package dev.keyway.core.limit;

import dev.keyway.core.limit.UnitStore.Claim;
import dev.keyway.core.limit.UnitStore.Grant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a shared store is to do, as simply as it can be said; and three ways of doing it wrongly.
 */
final class ModelUnits {
  /** What the model forgets to do. */
  enum Flaw {
    NONE,
    /**
     * Units count for a window after they were granted, and not for as long as they live besides.
     */
    LIFE_NOT_COUNTED,
    /** The shares of silent nodes are granted to others. */
    SHARES_NOT_HELD_BACK,
    /** A node that stops takes the share with it that it admitted. */
    SHARE_LEAVES_WITH_NODE,
    /** A node that has just come stands for one that is gone. */
    NEW_FOR_OLD,
    /**
     * It goes on after it lost what it granted last, as a server does that comes back from a copy.
     */
    LOSS_NOT_NOTICED
  }

  private static final class Node {
    private long begun;
    private long overAt = Long.MAX_VALUE / 2;
    private long heard;
    private int divisor;
    private long sharedUntil = Long.MIN_VALUE / 2;
    private int sharedDivisor;
  }

  private final Flaw flaw;
  private final UnitLedger ledger = new UnitLedger();
  private final Map<String, Node> nodes = new HashMap<>();
  private long since = Long.MIN_VALUE / 2;

  /** All nodes that can matter to units that count for so long were heard. */
  private long complete = Long.MAX_VALUE;

  ModelUnits(Flaw flaw) {
    this.flaw = flaw;
  }

  /** Forgets everything, and notices. */
  void lose(long now) {
    ledger.clear();
    if (flaw != Flaw.LOSS_NOT_NOTICED) {
      nodes.clear();
      complete = 0;
      since = now;
    }
  }

  void leave(String name) {
    Node node = nodes.get(name);
    if (node != null && (node.sharedDivisor == 0 || flaw == Flaw.SHARE_LEAVES_WITH_NODE)) {
      nodes.remove(name);
    }
  }

  List<Grant> claim(String node, SharedUnits.Standing standing, List<Claim> claims, long now) {
    Node mine = nodes.computeIfAbsent(node, _ -> new Node());
    mine.begun = now - standing.memberMillis();
    mine.heard = now;
    mine.overAt = Long.MAX_VALUE / 2;
    mine.divisor = standing.divisor();
    if (standing.sharedDivisor() > 0) {
      boolean isGreater =
          mine.sharedDivisor == 0
              || standing.sharedDivisor() < mine.sharedDivisor
              || now > mine.sharedUntil + UnitLife.LONGEST_COUNTED_MILLIS;
      mine.sharedDivisor = isGreater ? standing.sharedDivisor() : mine.sharedDivisor;
      mine.sharedUntil = now;
    }
    List<Grant> grants = new ArrayList<>();
    for (Claim claim : claims) {
      grants.add(claim(standing, claim, (Period.Rolling) claim.period(), now));
    }
    return grants;
  }

  private Grant claim(SharedUnits.Standing standing, Claim claim, Period.Rolling period, long now) {
    long counted = period.window().toMillis() + UnitLife.millis(period) + 1;
    if (now < since + counted) {
      return Grant.unknown();
    }
    long ceiling = claim.allowed() - heldBack(standing, claim.allowed(), counted, now);
    if (flaw == Flaw.LIFE_NOT_COUNTED) {
      // A window that ends with its life where the right one ends.
      var shorter = new Period.Rolling(Duration.ofMillis(period.window().toMillis() * 10 / 11));
      Grant grant = ledger.claim(claim, shorter, now, ceiling);
      return new Grant(
          grant.outcome(),
          grant.units(),
          grant.isHandKept(),
          grant.free(),
          grant.waitMillis(),
          UnitLife.spendableMillis(period));
    }
    return ledger.claim(claim, period, now, ceiling);
  }

  private long heldBack(SharedUnits.Standing standing, long allowed, long counted, long now) {
    if (flaw == Flaw.SHARES_NOT_HELD_BACK) {
      return 0;
    }
    long back =
        nodes.values().stream()
            .filter(node -> now <= node.sharedUntil + counted)
            .mapToLong(node -> allowed / node.sharedDivisor)
            .sum();
    List<Node> silent =
        nodes.values().stream()
            .filter(node -> now - node.heard >= SharedUnits.SILENT_MILLIS)
            .sorted((a, b) -> Integer.compare(a.divisor, b.divisor))
            .toList();
    long youth = SharedUnits.YOUNG_MILLIS + (flaw == Flaw.NEW_FOR_OLD ? 0 : counted);
    long live =
        nodes.values().stream()
            .filter(node -> now - node.heard < SharedUnits.SILENT_MILLIS)
            .filter(node -> now - node.begun >= youth)
            .count();
    int most = standing.mostNodes(counted);
    if (most == SharedUnits.Standing.UNHEARD) {
      return complete < counted
          ? allowed
          : back
              + silent.stream()
                  .filter(node -> now <= node.overAt + counted)
                  .mapToLong(node -> allowed / node.divisor)
                  .sum();
    }
    long missing = Math.max(0, most - live);
    if (missing == 0) {
      complete = Math.max(complete, counted);
      silent.stream()
          .filter(node -> now - node.heard >= SharedUnits.YOUNG_MILLIS)
          .forEach(node -> node.overAt = Math.min(node.overAt, now));
    }
    return complete >= counted
        ? back + silent.stream().limit(missing).mapToLong(node -> allowed / node.divisor).sum()
        : back + missing * (allowed / 2);
  }
}
