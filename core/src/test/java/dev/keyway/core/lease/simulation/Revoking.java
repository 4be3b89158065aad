package dev.keyway.core.lease.simulation;

import dev.keyway.core.change.Change;
import dev.keyway.core.change.Confirmation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Revocations on one node: what {@code Narrowing} does, in steps. */
final class Revoking {
  private final Site site;
  private final LeaseLoop lease;
  private final Memory memory;
  private final Runnable wakeOthers;
  private final List<Revoked> done = new ArrayList<>();

  Revoking(Site site, LeaseLoop lease, Memory memory, Runnable wakeOthers) {
    this.site = site;
    this.lease = lease;
    this.memory = memory;
    this.wakeOthers = wakeOthers;
  }

  /**
   * A revocation that holds.
   *
   * @param committedAt when its caller's node heard of the commit, by the true clock
   */
  record Revoked(long committedAt, long heldAt, Confirmation.Nodes nodes) {
    long waited() {
      return heldAt - committedAt;
    }
  }

  /** Those that have come to their end on this node. */
  List<Revoked> done() {
    return done;
  }

  void begin(int key) {
    site.history().asked(key);
    site.say("revokes key " + key);
    site.call(site.statements().revoke(key), this::takeEffect);
  }

  /** Whoever was to wait may be gone: somebody has to. */
  void confirmWhatIsLeft() {
    site.call(
        site.statements().unconfirmed(),
        changes ->
            changes.stream()
                .filter(change -> !lease.isAwaited(change.seq()))
                .forEach(this::takeEffect));
  }

  private void takeEffect(Change change) {
    long committedAt = site.timeline().now();
    memory.apply(change);
    CompletableFuture<?> silent = lease.exchanges().cut(change).toCompletableFuture();
    var _ =
        silent
            .thenCombine(lease.confirmed(change.seq(), site.clock()), (_, nodes) -> nodes)
            .thenAccept(nodes -> hold(change, committedAt, nodes));
    wakeOthers.run();
  }

  private void hold(Change change, long committedAt, Confirmation.Nodes nodes) {
    site.history().held(Keys.of(change), change);
    done.add(new Revoked(committedAt, site.timeline().now(), nodes));
    site.call(site.statements().markEffective(change.seq()), _ -> {});
  }
}
