package dev.keyway.core.lease.simulation;

import dev.keyway.core.change.ChangeSlots;
import dev.keyway.core.lease.LeaseTerms;
import java.util.List;

/** One life of a node, from its start until its machine is turned off. */
final class Node {
  private static final long HOUSEKEEPING = 150_000;

  private final Site site;
  private final LeaseLoop lease;
  private final Verifying verifying;
  private final Revoking revoking;
  private final Lowering lowering;

  Node(Site site, LeaseTerms terms, Runnable wakeOthers) {
    var slots = new ChangeSlots();
    var memory = new Memory(slots, site.mistake());
    this.site = site;
    this.lease = new LeaseLoop(site, terms, memory, slots);
    this.verifying = new Verifying(site, lease, slots, memory);
    this.revoking = new Revoking(site, lease, memory, wakeOthers);
    this.lowering = new Lowering(site, terms);
  }

  void start() {
    lease.start();
    keepHouse();
  }

  private void keepHouse() {
    site.machine()
        .after(
            site.chance().between(HOUSEKEEPING / 2, HOUSEKEEPING),
            () -> {
              lowering.look();
              revoking.confirmWhatIsLeft();
              keepHouse();
            });
  }

  void verify(int key) {
    site.machine().after(0, () -> verifying.begin(key));
  }

  void revoke(int key) {
    site.machine().after(0, () -> revoking.begin(key));
  }

  void useTtl(long ttl) {
    site.machine().after(0, () -> site.call(site.statements().useTtl(ttl), _ -> {}));
  }

  /** Somebody else has changed something; the word may be lost. */
  void wake() {
    site.network().wake(site.machine(), lease::wake);
  }

  /** Begins to stop in good order. */
  void leave() {
    site.machine().after(0, lease::leave);
  }

  void stopFor(long duration) {
    site.say("FAULT stops for " + duration);
    site.machine().stopFor(duration);
  }

  void cutOffFor(long duration) {
    site.say("FAULT is cut off for " + duration);
    site.network().cutFor(duration);
  }

  void crash() {
    site.say("FAULT crashes");
    site.machine().turnOff();
  }

  boolean isHeld() {
    return !site.machine().isOff() && lease.isHeld();
  }

  List<Revoking.Revoked> revoked() {
    return revoking.done();
  }
}
