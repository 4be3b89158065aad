package dev.keyway.core.lease;

import dev.keyway.core.change.Place;
import dev.keyway.core.lease.LeaseEffect.CutAll;
import dev.keyway.core.lease.LeaseEffect.ReadFrom;
import dev.keyway.core.lease.NodeLease.Activity;
import dev.keyway.core.lease.NodeLease.Grant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The next {@link NodeLease} while it is being thought of. */
final class LeaseDraft {
  final List<LeaseEffect> effects = new ArrayList<>(2);

  Activity activity;
  @Nullable String incarnation;
  long number;
  Place applied;
  Place applying;
  long acked;
  long heldUntil;
  boolean isCut;
  @Nullable Grant grant;
  boolean isWoken;
  long renewAt;
  long pollAt;
  long restsUntil;

  LeaseDraft(NodeLease lease) {
    this.activity = lease.activity();
    this.incarnation = lease.incarnation();
    this.number = lease.number();
    this.applied = lease.applied();
    this.applying = lease.applying();
    this.acked = lease.acked();
    this.heldUntil = lease.heldUntil();
    this.isCut = lease.isCut();
    this.grant = lease.grant();
    this.isWoken = lease.isWoken();
    this.renewAt = lease.renewAt();
    this.pollAt = lease.pollAt();
    this.restsUntil = lease.restsUntil();
  }

  void begin(Activity next, LeaseEffect effect) {
    activity = next;
    effects.add(effect);
  }

  /** Takes a grant that nothing stands against any more, and reads what does. */
  void goOn() {
    Grant given = grant;
    if (given != null && applied.seq() < given.head()) {
      begin(Activity.READING, new ReadFrom(applied.seq()));
      return;
    }
    activity = Activity.IDLE;
    if (given != null) {
      grant = null;
      hold(given.until());
    }
  }

  void hold(long until) {
    heldUntil = until;
    isCut = false;
  }

  /** The lease is over, whatever its time. */
  void end(Activity next) {
    activity = next;
    heldUntil = 0;
    grant = null;
    cut();
  }

  /** Acts on the end of the lease, once. */
  void cut() {
    if (!isCut) {
      isCut = true;
      effects.add(new CutAll());
    }
  }

  NodeLease.Step step() {
    var lease =
        new NodeLease(
            activity,
            incarnation,
            number,
            applied,
            applying,
            acked,
            heldUntil,
            isCut,
            grant,
            isWoken,
            renewAt,
            pollAt,
            restsUntil);
    return new NodeLease.Step(lease, effects);
  }
}
