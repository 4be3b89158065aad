package dev.keyway.app.cluster;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.ChangeLog;
import dev.keyway.core.change.ChangeSlots;
import dev.keyway.core.change.Confirmation;
import dev.keyway.core.change.Place;
import dev.keyway.core.lease.ConfirmationEffect;
import dev.keyway.core.lease.ConfirmationEvent;
import dev.keyway.core.lease.Confirmations;
import dev.keyway.core.lease.LeaseEffect;
import dev.keyway.core.lease.LeaseEvent;
import dev.keyway.core.lease.LeaseStore;
import dev.keyway.core.lease.LeaseTerms;
import dev.keyway.core.lease.LostHistory;
import dev.keyway.core.lease.NodeLease;
import dev.keyway.core.verify.OpenExchanges;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one node's {@link NodeLease} and {@link Confirmations}: one thread that both belong to,
 * and a thread for each call of the store, so that none of those can keep a lease from ending in
 * time.
 */
public final class ClusterNode implements Confirmation, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterNode.class);

  /** Changes that are read and applied at once. */
  private static final int MOST_CHANGES = 1_000;

  /** Exchanges that cannot be cut for so long are tried again; the lease lapses meanwhile. */
  private static final Duration CUT_PATIENCE = Duration.ofSeconds(5);

  /** A journal that takes longer than this holds up revocations, and no lease. */
  private static final Duration JOURNAL_PATIENCE = Duration.ofSeconds(1);

  /** How often a start looks whether it may go on. */
  private static final Duration STEP = Duration.ofMillis(5);

  private final LeaseStore store;
  private final Runnable wakeOthers;
  private final ChangeLog log;
  private final LostHistory history;
  private final ChangeSlots slots;
  private final OpenExchanges exchanges;
  private final Supplier<String> incarnations;
  private final LeaseTerms terms;
  private final LongSupplier clock;
  private final HeldLease held;
  private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
  private final Map<Long, CompletableFuture<Nodes>> awaited = new HashMap<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final EarlierNames earlier = new EarlierNames();
  private final Thread thread;
  private NodeLease lease = NodeLease.start();
  private Confirmations confirmations = Confirmations.start();
  private boolean isLeaving;

  /** As far as is known; the store has the last word. */
  private volatile long longestTtl = TimeUnit.SECONDS.toNanos(30);

  private volatile long head;
  private volatile long applied;
  private volatile String name = "";
  private volatile int nodes;
  private volatile int behind;

  /**
   * A node that has not begun.
   *
   * @param wakeOthers makes the other nodes look for changes at once; may block, and fail in
   *     silence
   * @param held what requests ask; it goes by the same clock
   * @param incarnations a new name for each time this node joins, never given twice
   */
  ClusterNode(
      LeaseStore store,
      Runnable wakeOthers,
      ChangeLog log,
      LostHistory history,
      ChangeSlots slots,
      OpenExchanges exchanges,
      Supplier<String> incarnations,
      LeaseTerms terms,
      LongSupplier clock,
      HeldLease held) {
    this.store = store;
    this.wakeOthers = wakeOthers;
    this.log = log;
    this.history = history;
    this.slots = slots;
    this.exchanges = exchanges;
    this.incarnations = incarnations;
    this.terms = terms;
    this.clock = clock;
    this.held = held;
    this.thread = Thread.ofPlatform().name("keyway-lease").daemon().unstarted(this::run);
  }

  /** How this node and the others were when it last heard of them, for people. */
  ClusterState state() {
    return new ClusterState(
        held.isHeld(),
        Duration.ofNanos(held.leftNanos()),
        Math.max(0, head - applied),
        nodes,
        behind);
  }

  /** The name under which this node is entered; empty while it is not. */
  String name() {
    return name;
  }

  /** Joins, and keeps the lease from then on. */
  public void start() {
    thread.start();
  }

  /** There may be changes to apply. */
  public void wake() {
    tell(new LeaseEvent.Woken());
  }

  @Override
  public CompletionStage<Nodes> of(long seq) {
    long now = clock.getAsLong();
    var answer = new CompletableFuture<Nodes>();
    inbox.add(() -> {
      var _ =
          awaited.computeIfAbsent(seq, _ -> new CompletableFuture<>()).thenAccept(answer::complete);
      step(new ConfirmationEvent.Committed(seq, now));
      step(new LeaseEvent.Woken());
    });
    var _ = Thread.startVirtualThread(wakeOthers);
    return answer;
  }

  @Override
  public Duration longest() {
    return Duration.ofNanos(terms.waitFor(longestTtl));
  }

  /**
   * Waits until this node may decide.
   *
   * @throws UnavailableException when it may not in time
   */
  public void awaitHeld(Duration patience) {
    long deadline = clock.getAsLong() + patience.toNanos();
    while (!held.isHeld()) {
      if (clock.getAsLong() >= deadline) {
        throw new UnavailableException("The database gives this node no lease.", null);
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
  }

  /** Stops deciding, then takes the node out, so that nobody waits for it. */
  @Override
  public void close() {
    inbox.add(() -> {
      isLeaving = true;
      step(new LeaseEvent.Leaving());
    });
    try {
      ended.get(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("the node could not be taken out; others wait for it until its lease is over");
    }
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        long due = Math.min(lease.dueAt(), confirmations.dueAt());
        long wait = due - clock.getAsLong();
        Runnable next = wait <= 0 ? inbox.poll() : inbox.poll(wait, TimeUnit.NANOSECONDS);
        if (next != null) {
          next.run();
        }
        long now = clock.getAsLong();
        step(new LeaseEvent.Due(now));
        step(new ConfirmationEvent.Due(now));
      }
    } catch (InterruptedException e) {
      // Only close does that.
      Thread.currentThread().interrupt();
    }
  }

  private void tell(LeaseEvent event) {
    inbox.add(() -> step(event));
  }

  private void step(LeaseEvent event) {
    NodeLease.Step step = lease.step(event, terms);
    held.shorten(step.lease());
    lease = step.lease();
    step.effects().forEach(this::carryOut);
    applied = lease.applied().seq();
    name = Objects.requireNonNullElse(lease.incarnation(), "");
    held.show(lease);
  }

  private void carryOut(LeaseEffect effect) {
    switch (effect) {
      case LeaseEffect.Join join -> call("join", () -> join(join.applied()));
      case LeaseEffect.Renew renewal -> call("renew the lease", () -> renew(renewal));
      case LeaseEffect.ReadFrom from ->
          call(
              "read changes",
              () -> new LeaseEvent.Read(log.from(from.seq(), MOST_CHANGES), clock.getAsLong()));
      case LeaseEffect.Apply apply -> apply(apply.changes());
      case LeaseEffect.Forget forget -> slots.startAt(forget.head());
      case LeaseEffect.CutAll _ -> cutAll();
      case LeaseEffect.Leave leave -> leave(leave.incarnation());
      case LeaseEffect.Recover lost -> {
        LOG.atError()
            .addKeyValue("applied", lost.applied().seq())
            .log(
                "the store has lost changes that this node has seen: it decides nothing until"
                    + " they are made again");
        call("make lost changes again", () -> recover(lost.applied()));
      }
    }
  }

  private LeaseEvent join(Place seen) {
    long sentAt = clock.getAsLong();
    String incarnation = incarnations.get();
    List<String> before = earlier.and(incarnation);
    return switch (store.join(incarnation, before, seen)) {
      case LeaseStore.Entry.Entered(LeaseStore.Granted granted, long mark) -> {
        head = granted.head();
        var place = new Place(granted.head(), mark);
        // Its row says already that it has all of that.
        var _ = history.kept(place, JOURNAL_PATIENCE);
        yield new LeaseEvent.Joined(incarnation, sentAt, place, granted.ttlNanos());
      }
      case LeaseStore.Entry.Diverged _ -> new LeaseEvent.Diverged();
    };
  }

  private LeaseEvent recover(Place seen) {
    history.recover(seen);
    return new LeaseEvent.Recovered();
  }

  private LeaseEvent renew(LeaseEffect.Renew renewal) {
    Place acked = history.kept(renewal.acked(), JOURNAL_PATIENCE);
    long sentAt = clock.getAsLong();
    return switch (store.renew(renewal.incarnation(), renewal.number(), acked)) {
      case LeaseStore.Renewal.Renewed(LeaseStore.Granted granted) -> {
        head = granted.head();
        yield new LeaseEvent.Renewed(sentAt, granted.head(), granted.ttlNanos());
      }
      case LeaseStore.Renewal.Refused _ -> new LeaseEvent.Fenced();
      case LeaseStore.Renewal.Diverged _ -> new LeaseEvent.Diverged();
    };
  }

  private void apply(List<Change> changes) {
    changes.forEach(slots::apply);
    var cuts =
        changes.stream()
            .filter(change -> change.direction() == Change.Direction.NARROWS)
            .map(change -> exchanges.cut(change).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    var _ =
        CompletableFuture.allOf(cuts)
            .orTimeout(CUT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((_, failure) ->
                tell(
                    failure == null
                        ? new LeaseEvent.Applied()
                        : new LeaseEvent.Failed(clock.getAsLong())));
  }

  private CompletionStage<?> cutAll() {
    if (!isLeaving) {
      LOG.atWarn().addKeyValue("exchanges", exchanges.size()).log("the lease of this node is over");
    }
    return exchanges.cutAll();
  }

  private void leave(String incarnation) {
    var _ =
        exchanges
            .cutAll()
            .thenRunAsync(() -> store.leave(incarnation), Thread::startVirtualThread)
            .whenComplete((_, failure) -> end(failure));
  }

  private void end(@Nullable Throwable failure) {
    if (failure == null) {
      ended.complete(null);
    } else {
      ended.completeExceptionally(failure);
    }
  }

  /** What the store answers comes back as an event, also that it does not. */
  private void call(String what, Supplier<LeaseEvent> call) {
    var _ =
        Thread.startVirtualThread(() -> {
          try {
            tell(call.get());
          } catch (Throwable e) {
            // Also an Error: without an answer nothing would ever be asked again.
            LOG.atWarn().addKeyValue("call", what).setCause(unlessOutage(e)).log("the store fails");
            tell(new LeaseEvent.Failed(clock.getAsLong()));
          }
        });
  }

  private static @Nullable Throwable unlessOutage(Throwable e) {
    return e instanceof UnavailableException ? null : e;
  }

  private void step(ConfirmationEvent event) {
    Confirmations.Step step = confirmations.step(event, terms);
    confirmations = step.confirmations();
    for (ConfirmationEffect effect : step.effects()) {
      switch (effect) {
        case ConfirmationEffect.Ask _ -> ask();
        case ConfirmationEffect.Fence fence -> fence(fence);
        case ConfirmationEffect.Confirmed confirmed -> confirmed(confirmed);
      }
    }
  }

  private void ask() {
    var _ =
        Thread.startVirtualThread(() -> {
          ConfirmationEvent answer = look();
          inbox.add(() -> step(answer));
        });
  }

  private ConfirmationEvent look() {
    long askedAt = clock.getAsLong();
    try {
      LeaseStore.Nodes found = store.nodes();
      long now = clock.getAsLong();
      longestTtl = found.ttlNanos();
      nodes = found.rows().size();
      behind = (int) found.rows().stream().filter(row -> row.acked() < applied).count();
      return new ConfirmationEvent.Rows(found.rows(), found.head(), askedAt, found.ttlNanos(), now);
    } catch (Throwable e) {
      LOG.atDebug().setCause(unlessOutage(e)).log("the nodes cannot be asked for");
      return new ConfirmationEvent.Failed(clock.getAsLong());
    }
  }

  private void fence(ConfirmationEffect.Fence fence) {
    LOG.atWarn()
        .addKeyValue("node", fence.seen().id())
        .log("a node has been silent for longer than its lease and is shut out");
    var _ =
        Thread.startVirtualThread(() -> {
          try {
            store.fence(fence.seen());
          } catch (UnavailableException e) {
            // It is seen again, and then tried again.
            LOG.debug("a node could not be shut out");
          }
        });
  }

  private void confirmed(ConfirmationEffect.Confirmed confirmed) {
    CompletableFuture<Nodes> answer = awaited.remove(confirmed.seq());
    if (answer != null) {
      answer.complete(new Nodes(confirmed.confirmed(), confirmed.total()));
    }
  }
}
