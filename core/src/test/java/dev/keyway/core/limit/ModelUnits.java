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
    /**
     * It goes on after it lost what it granted last, as a server does that comes back from a copy.
     */
    LOSS_NOT_NOTICED
  }

  private static final class Node {
    private final long firstHeard;
    private long heard;
    private int divisor;
    private long sharedUntil = Long.MIN_VALUE / 2;
    private int sharedDivisor;

    Node(long now) {
      this.firstHeard = now;
    }
  }

  private final Flaw flaw;
  private final UnitLedger ledger = new UnitLedger();
  private final Map<String, Node> nodes = new HashMap<>();
  private long since = Long.MIN_VALUE / 2;
  private boolean isComplete = true;

  ModelUnits(Flaw flaw) {
    this.flaw = flaw;
  }

  /** Forgets everything, and notices. */
  void lose(long now) {
    ledger.clear();
    if (flaw != Flaw.LOSS_NOT_NOTICED) {
      nodes.clear();
      isComplete = false;
      since = now;
    }
  }

  void leave(String node) {
    nodes.remove(node);
  }

  List<Grant> claim(String node, SharedUnits.Standing standing, List<Claim> claims, long now) {
    Node mine = nodes.computeIfAbsent(node, _ -> new Node(now));
    mine.heard = now;
    mine.divisor = standing.divisor();
    if (standing.sharedDivisor() > 0) {
      mine.sharedUntil = now;
      mine.sharedDivisor = standing.sharedDivisor();
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
    long ceiling = claim.allowed() - heldBack(standing, claim.allowed(), period, counted, now);
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

  private long heldBack(
      SharedUnits.Standing standing, long allowed, Period.Rolling period, long counted, long now) {
    if (flaw == Flaw.SHARES_NOT_HELD_BACK) {
      return 0;
    }
    long window = period.window().toMillis();
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
    long live =
        nodes.values().stream()
            .filter(node -> now - node.heard < SharedUnits.SILENT_MILLIS)
            .filter(node -> now - node.firstHeard >= SharedUnits.YOUNG_MILLIS)
            .count();
    long from = standing.atMillis() - window - window / 10 - 2 * SharingUnits.NODES_LAG.toMillis();
    long missing = Math.max(0, standing.nodes().mostSince(from) - live);
    isComplete = isComplete || missing == 0;
    return isComplete
        ? back + silent.stream().limit(missing).mapToLong(node -> allowed / node.divisor).sum()
        : back + missing * (allowed / 2);
  }
}
