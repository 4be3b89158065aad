package dev.keyway.core.lease.simulation;

import dev.keyway.core.change.Change;
import dev.keyway.core.change.ChangeSlots;
import dev.keyway.core.change.Confirmation;
import dev.keyway.core.change.Place;
import dev.keyway.core.lease.ConfirmationEffect;
import dev.keyway.core.lease.ConfirmationEvent;
import dev.keyway.core.lease.Confirmations;
import dev.keyway.core.lease.Lease;
import dev.keyway.core.lease.LeaseEffect;
import dev.keyway.core.lease.LeaseEvent;
import dev.keyway.core.lease.LeaseStore;
import dev.keyway.core.lease.LeaseTerms;
import dev.keyway.core.lease.NodeLease;
import dev.keyway.core.lease.NodeRow;
import dev.keyway.core.verify.OpenExchanges;
import dev.keyway.core.verify.TestKeys;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Drives a node's {@link NodeLease} and {@link Confirmations} as {@code ClusterNode} does: one
 * thing after another, and what the store answers comes back as an event.
 */
final class LeaseLoop implements Lease {
  private static final long INBOX = 60;
  private static final long SLOW_APPLY = 30_000;
  private static final long IMPATIENCE = 40_000;

  private final Site site;
  private final LeaseTerms terms;
  private final Memory memory;
  private final Map<Long, CompletableFuture<Confirmation.Nodes>> awaited = new HashMap<>();
  private final OpenExchanges exchanges;
  private NodeLease lease = NodeLease.start();
  private Confirmations confirmations = Confirmations.start();
  private long until;
  private int joins;
  private long timer;

  LeaseLoop(Site site, LeaseTerms terms, Memory memory, ChangeSlots slots) {
    this.site = site;
    this.terms = terms;
    this.memory = memory;
    this.exchanges = new OpenExchanges(slots, this);
  }

  OpenExchanges exchanges() {
    return exchanges;
  }

  void start() {
    inbox(() -> {});
  }

  void wake() {
    inbox(() -> step(new LeaseEvent.Woken()));
  }

  void leave() {
    inbox(() -> step(new LeaseEvent.Leaving()));
  }

  /** Completes when a change holds that was committed before a time of this node's clock. */
  CompletableFuture<Confirmation.Nodes> confirmed(long seq, long since) {
    var answer = new CompletableFuture<Confirmation.Nodes>();
    inbox(() -> {
      var _ =
          awaited.computeIfAbsent(seq, _ -> new CompletableFuture<>()).thenAccept(answer::complete);
      step(new ConfirmationEvent.Committed(seq, since));
      step(new LeaseEvent.Woken());
    });
    return answer;
  }

  boolean isAwaited(long seq) {
    return awaited.containsKey(seq);
  }

  @Override
  public boolean isHeld() {
    return site.clock() < until;
  }

  boolean isResting() {
    return lease.isResting();
  }

  @Override
  public boolean awaitHeld(Duration patience) {
    throw new IllegalStateException("nobody waits in virtual time");
  }

  private void inbox(Runnable what) {
    site.machine()
        .after(
            site.chance().between(1, INBOX),
            () -> {
              what.run();
              turn();
            });
  }

  private void turn() {
    step(new LeaseEvent.Due(site.clock()));
    step(new ConfirmationEvent.Due(site.clock()));
    long due = Math.min(lease.dueAt(), confirmations.dueAt());
    long mine = ++timer;
    if (due != Long.MAX_VALUE) {
      site.machine()
          .when(
              Math.max(due, site.clock() + 1),
              () -> {
                if (mine == timer) {
                  turn();
                }
              });
    }
  }

  private void step(LeaseEvent event) {
    NodeLease.Step step = lease.step(event, terms);
    until = Math.min(until, step.lease().heldUntil());
    lease = step.lease();
    step.effects().forEach(this::carryOut);
    until = lease.heldUntil();
    if (!(event instanceof LeaseEvent.Due)) {
      site.timeline().say(() -> "node " + site.number() + ": " + event + " -> " + lease);
    }
  }

  private void carryOut(LeaseEffect effect) {
    switch (effect) {
      case LeaseEffect.Join join -> inThread(() -> join(join.applied()));
      case LeaseEffect.Renew renewal -> inThread(() -> renew(renewal));
      case LeaseEffect.ReadFrom from ->
          inThread(() ->
              site.call(
                  site.statements().from(from.seq()),
                  read -> tell(new LeaseEvent.Read(asSeen(read), site.clock())),
                  this::failed));
      case LeaseEffect.Apply apply -> apply(apply.changes());
      case LeaseEffect.Forget forget -> memory.startAt(forget.head());
      case LeaseEffect.CutAll _ -> {
        if (site.mistake() != Mistake.STREAM_OUTLIVES_LEASE) {
          var _ = exchanges.cutAll();
        }
      }
      case LeaseEffect.Leave leave -> {
        var _ =
            exchanges
                .cutAll()
                .thenRun(() -> site.call(site.statements().leave(leave.incarnation()), _ -> {}));
      }
      case LeaseEffect.Recover lost -> inThread(() -> recover(lost.applied()));
    }
  }

  private void recover(Place seen) {
    site.call(
        site.statements().recover(seen),
        isLost -> {
          if (isLost && site.weather() != Weather.LOSSES) {
            site.history().wrong("nothing was lost, and " + seen + " is missed");
          }
          tell(new LeaseEvent.Recovered());
        },
        this::failed);
  }

  /** Whoever reads only what comes after a change does not see that it is another one now. */
  private List<Change> asSeen(List<Change> read) {
    Place applied = lease.applied();
    if (site.mistake() != Mistake.READ_WITHOUT_MARK) {
      return read;
    }
    return read.stream()
        .map(one -> one.seq() == applied.seq() ? TestKeys.narrowing(applied) : one)
        .toList();
  }

  private void join(Place applied) {
    site.joining().run();
    long sentAt = site.clock();
    String incarnation = site.number() + "." + site.life() + "." + joins++;
    site.call(
        site.statements().join(incarnation, applied),
        answer ->
            tell(
                switch (answer) {
                  case LeaseStore.Entry.Entered(LeaseStore.Granted granted, long mark) ->
                      new LeaseEvent.Joined(
                          incarnation,
                          since(sentAt),
                          new Place(granted.head(), mark),
                          granted.ttlNanos());
                  case LeaseStore.Entry.Diverged _ -> new LeaseEvent.Diverged();
                }),
        this::failed);
  }

  private void renew(LeaseEffect.Renew renewal) {
    long sentAt = site.clock();
    site.call(
        site.statements().renew(renewal.incarnation(), renewal.number(), renewal.acked()),
        answer ->
            tell(
                switch (answer) {
                  case LeaseStore.Renewal.Renewed renewed ->
                      new LeaseEvent.Renewed(
                          since(sentAt), renewed.granted().head(), renewed.granted().ttlNanos());
                  case LeaseStore.Renewal.Refused _ -> new LeaseEvent.Fenced();
                  case LeaseStore.Renewal.Diverged _ -> new LeaseEvent.Diverged();
                }),
        this::failed);
  }

  private long since(long sentAt) {
    return site.mistake() == Mistake.LEASE_FROM_RECEIPT ? site.clock() : sentAt;
  }

  private void apply(List<Change> changes) {
    if (site.mistake() == Mistake.EARLY_ACK) {
      Runnable late =
          () -> {
            var _ = makeCount(changes);
          };
      site.machine().after(site.chance().between(1, SLOW_APPLY), late);
      tell(new LeaseEvent.Applied());
      return;
    }
    CompletableFuture<?> silent = makeCount(changes);
    if (site.mistake() == Mistake.CUT_NOT_AWAITED) {
      tell(new LeaseEvent.Applied());
    } else {
      var _ = silent.thenRun(() -> tell(new LeaseEvent.Applied()));
    }
  }

  private CompletableFuture<?> makeCount(List<Change> changes) {
    changes.forEach(memory::apply);
    return CompletableFuture.allOf(
        changes.stream()
            .map(change -> exchanges.cut(change).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  private void tell(LeaseEvent event) {
    inbox(() -> step(event));
  }

  private void failed() {
    tell(new LeaseEvent.Failed(site.clock()));
  }

  private void inThread(Runnable call) {
    site.machine().after(site.chance().between(1, INBOX), call);
  }

  private void step(ConfirmationEvent event) {
    Confirmations.Step step = confirmations.step(event, terms);
    confirmations = step.confirmations();
    for (ConfirmationEffect effect : step.effects()) {
      switch (effect) {
        case ConfirmationEffect.Ask _ -> inThread(this::ask);
        case ConfirmationEffect.Fence fence ->
            inThread(() -> site.call(site.statements().fence(fence.seen()), _ -> {}));
        case ConfirmationEffect.Confirmed confirmed -> confirmed(confirmed);
      }
    }
  }

  private void ask() {
    long askedAt = site.clock();
    site.call(
        site.statements().nodes(),
        nodes -> {
          long now = site.clock();
          fenceImpatiently(nodes.rows(), now);
          boolean isBelieved = site.mistake() == Mistake.BELIEVE_OLD_ROWS;
          long head = isBelieved ? Long.MAX_VALUE : nodes.head();
          inbox(() ->
              step(new ConfirmationEvent.Rows(nodes.rows(), head, askedAt, nodes.ttlNanos(), now)));
        },
        () -> inbox(() -> step(new ConfirmationEvent.Failed(site.clock()))));
  }

  private void fenceImpatiently(List<NodeRow> rows, long now) {
    if (site.mistake() != Mistake.FENCE_BY_IMPATIENCE) {
      return;
    }
    for (Confirmations.Waiting waiting : confirmations.waiting()) {
      if (now - waiting.since() > IMPATIENCE) {
        rows.stream()
            .filter(row -> row.acked() < waiting.seq())
            .forEach(row -> site.call(site.statements().leave(row.id()), _ -> {}));
      }
    }
  }

  private void confirmed(ConfirmationEffect.Confirmed confirmed) {
    site.say(confirmed.toString());
    CompletableFuture<Confirmation.Nodes> answer = awaited.remove(confirmed.seq());
    if (answer != null) {
      answer.complete(new Confirmation.Nodes(confirmed.confirmed(), confirmed.total()));
    }
  }
}
