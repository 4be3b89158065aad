package dev.keyway.core.lease.simulation;

import dev.keyway.core.lease.LeaseStore.Life;
import dev.keyway.core.lease.LeaseTerms;
import org.jspecify.annotations.Nullable;

/** Finds out that no longer lease is left: what {@code LeaseLowering} does, in steps. */
final class Lowering {
  private final Site site;
  private final LeaseTerms terms;
  private @Nullable Life seen;
  private long since;

  Lowering(Site site, LeaseTerms terms) {
    this.site = site;
    this.terms = terms;
  }

  void look() {
    site.call(site.statements().life(), this::judge);
  }

  private void judge(Life now) {
    if (!now.equals(seen)) {
      seen = now;
      since = site.clock();
    }
    boolean isLowered = now.longestNanos() > now.ttlNanos();
    boolean isOver = site.clock() - since >= terms.waitFor(now.longestNanos());
    if (isLowered && (isOver || site.mistake() == Mistake.LOWERING_TOO_EARLY)) {
      site.call(site.statements().settle(now), _ -> {});
    }
  }
}
