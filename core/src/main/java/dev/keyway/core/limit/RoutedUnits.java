package dev.keyway.core.limit;

import dev.keyway.core.UnavailableException;
import java.util.ArrayList;
import java.util.List;

/** Rolling windows from one store, days and months of the calendar from another. */
public final class RoutedUnits implements UnitStore {
  private final UnitStore rolling;
  private final UnitStore calendar;

  public RoutedUnits(UnitStore rolling, UnitStore calendar) {
    this.rolling = rolling;
    this.calendar = calendar;
  }

  @Override
  public List<Grant> claim(List<Claim> claims) {
    List<Claim> windows = claims.stream().filter(RoutedUnits::isRolling).toList();
    List<Claim> quotas = claims.stream().filter(some -> !isRolling(some)).toList();
    // Without a claim, too: it is to hear of this node.
    var ofWindows = ask(rolling, windows).iterator();
    var ofQuotas = (quotas.isEmpty() ? List.<Grant>of() : ask(calendar, quotas)).iterator();
    List<Grant> grants = new ArrayList<>();
    claims.forEach(some -> grants.add((isRolling(some) ? ofWindows : ofQuotas).next()));
    return grants;
  }

  @Override
  public void close() {
    try {
      rolling.close();
    } finally {
      calendar.close();
    }
  }

  private static boolean isRolling(Claim claim) {
    return claim.period() instanceof Period.Rolling;
  }

  /** One of them being gone is nothing to the other. */
  private static List<Grant> ask(UnitStore store, List<Claim> claims) {
    try {
      return store.claim(claims);
    } catch (UnavailableException e) {
      return claims.stream().map(_ -> Grant.unknown()).toList();
    }
  }
}
