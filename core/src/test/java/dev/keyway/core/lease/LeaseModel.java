package dev.keyway.core.lease;

import dev.keyway.core.change.Change;
import dev.keyway.core.change.Place;
import dev.keyway.core.lease.ConfirmationEffect.Confirmed;
import dev.keyway.core.lease.ConfirmationEffect.Fence;
import dev.keyway.core.lease.NodeLease.Activity;
import dev.keyway.core.lease.World.Stage;
import dev.keyway.core.lease.World.Verifying;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * All that can happen next in a {@link World}. The two state machines are the program's own; what
 * surrounds them, and every mistake of a {@link Variant}, is here.
 */
final class LeaseModel {
  private static final Change REVOKED =
      new Change(1, 1, Change.Direction.NARROWS, Instant.EPOCH, null, 1, List.of());

  private static final int TTL = 2;
  private static final int MOST_INCARNATIONS = 2;
  private static final int MOST_RENEWALS = 3;
  private static final int MOST_LOSSES = 1;
  private static final int MOST_QUESTIONS = 3;

  /** One that fills memory in time, and one that begins too late. */
  private static final int MOST_VERIFICATIONS = 2;

  private final Variant variant;
  private final LeaseTerms terms;
  private final int drift;
  private final int horizon;
  private List<Next> next = new ArrayList<>();

  /** A state that can follow, and by what. */
  record Next(String action, World world, boolean isViolation) {}

  /**
   * A model.
   *
   * @param drift by how many ticks the node's clock may fall behind
   * @param margin what whoever waits adds for that
   * @param horizon how many ticks are looked at
   */
  LeaseModel(Variant variant, int drift, int margin, int horizon) {
    this.variant = variant;
    this.drift = drift;
    this.horizon = horizon;
    // Nobody polls: a wake-up can come at any time, or never.
    this.terms = new LeaseTerms(1, 1_000, 1, 0, margin);
  }

  List<Next> after(World world) {
    next = new ArrayList<>();
    time(world);
    node(world);
    store(world);
    answers(world);
    verification(world);
    revocation(world);
    return next;
  }

  private void time(World world) {
    if (world.now < horizon) {
      add("tick", world, copy -> copy.now++);
      if (world.behind < drift) {
        add(
            "tick, the node's clock stands still",
            world,
            copy -> {
              copy.now++;
              copy.behind++;
            });
      }
    }
  }

  private void node(World world) {
    if (world.lease.dueAt() <= world.nodeNow() && canCall(world)) {
      add("node: due", world, copy -> tell(copy, new LeaseEvent.Due(copy.nodeNow())));
    }
    if (!world.lease.isWoken() && world.lease.applied().seq() < world.head) {
      add("node: woken", world, copy -> tell(copy, new LeaseEvent.Woken()));
    }
    if (world.isApplying) {
      add(
          "node: applies",
          world,
          copy -> {
            copy.isApplying = false;
            copy.slot = 1;
            copy.slotsApplied = 1;
            copy.hasStream = false;
            if (variant == Variant.FILL_WITHOUT_GUARD) {
              copy.entry = World.NONE;
            }
            tell(copy, new LeaseEvent.Applied());
          });
    }
    if (world.hasStream && (isHeld(world) || variant == Variant.STREAM_OUTLIVES_LEASE)) {
      addJudged("node: a byte goes through the stream", world, world.isReturned, _ -> {});
    }
  }

  private static boolean canCall(World world) {
    if (world.lease.activity() != Activity.IDLE) {
      return true;
    }
    return world.lease.incarnation() == null
        ? world.incarnations < MOST_INCARNATIONS
        : world.lease.number() < MOST_RENEWALS;
  }

  private static boolean isHeld(World world) {
    return world.lease.isHeldAt(world.nodeNow());
  }

  /** What the store does later. */
  private void store(World world) {
    if (world.call == Stage.HALF) {
      add("store: the node is entered late", world, LeaseModel::enter);
    }
    NodeRow fence = world.fence;
    if (fence != null) {
      add(
          "store: fence",
          world,
          copy -> {
            copy.fence = null;
            if (fence.id().equals(id(copy)) && fence.number() == copy.rowNumber) {
              copy.rowFenced = true;
            }
          });
    }
  }

  private void join(World world) {
    send(world);
    if (variant == Variant.JOIN_WITHOUT_LOCK) {
      world.call = Stage.HALF;
    } else {
      enter(world);
    }
  }

  private static void enter(World world) {
    world.call = Stage.DONE;
    world.incarnations++;
    world.rowIncarnation = world.incarnations;
    world.rowNumber = 0;
    world.rowAcked = world.callHead;
    world.rowFenced = false;
  }

  private void renew(World world, LeaseEffect.Renew renewal) {
    send(world);
    boolean isFenced = world.rowFenced && variant != Variant.RENEW_DESPITE_FENCE;
    if (isFenced || renewal.number() <= world.rowNumber) {
      world.call = Stage.REFUSED;
      return;
    }
    world.rowNumber = renewal.number();
    world.rowAcked = Math.max(world.rowAcked, renewal.acked().seq());
  }

  /** What the store has answered reaches the node, or does not. */
  private void answers(World world) {
    if (world.call == Stage.DONE || world.call == Stage.REFUSED) {
      add("node: answer", world, this::answer);
    }
    if (world.call == Stage.DONE && world.losses < MOST_LOSSES) {
      add(
          "node: no answer",
          world,
          copy -> {
            copy.losses++;
            hangUp(copy);
            tell(copy, new LeaseEvent.Failed(copy.nodeNow()));
          });
    }
  }

  private void answer(World world) {
    boolean isRefused = world.call == Stage.REFUSED;
    long sentAt = variant == Variant.LEASE_FROM_RECEIPT ? world.nodeNow() : world.callSentAt;
    int head = world.callHead;
    hangUp(world);
    switch (world.lease.activity()) {
      case JOINING -> tell(world, new LeaseEvent.Joined(id(world), sentAt, place(head), TTL));
      case RENEWING -> {
        if (isRefused) {
          tell(world, new LeaseEvent.Fenced());
        } else {
          tell(world, new LeaseEvent.Renewed(sentAt, head, TTL));
          extendTooEarly(world);
        }
      }
      case READING -> {
        List<Change> changes = head > 0 ? List.of(REVOKED) : List.of();
        tell(world, new LeaseEvent.Read(changes, world.nodeNow()));
      }
      default -> throw new IllegalStateException("an answer to nothing");
    }
  }

  private static Place place(int head) {
    return head > 0 ? REVOKED.place() : Place.START;
  }

  private static void hangUp(World world) {
    world.call = Stage.NONE;
    world.callSentAt = 0;
    world.callHead = 0;
  }

  private void extendTooEarly(World world) {
    NodeLease.Grant grant = world.lease.grant();
    if (variant == Variant.EXTEND_BEFORE_APPLY && grant != null) {
      var draft = new LeaseDraft(world.lease);
      draft.hold(grant.until());
      world.lease = draft.step().lease();
    }
  }

  private void tell(World world, LeaseEvent event) {
    NodeLease.Step step = world.lease.step(event, terms);
    world.lease = step.lease();
    for (LeaseEffect effect : step.effects()) {
      carryOut(world, effect);
    }
  }

  private void carryOut(World world, LeaseEffect effect) {
    switch (effect) {
      case LeaseEffect.Join _ -> join(world);
      case LeaseEffect.Renew renewal -> renew(world, renewal);
      case LeaseEffect.ReadFrom _ -> send(world);
      case LeaseEffect.Apply _ -> {
        world.isApplying = true;
        if (variant == Variant.ACK_BEFORE_APPLY) {
          world.rowAcked = 1;
        }
      }
      case LeaseEffect.Forget forget -> {
        world.slotsApplied = (int) forget.head();
        if (variant != Variant.REJOIN_KEEPS_MEMORY) {
          world.slot = (int) forget.head();
        }
      }
      case LeaseEffect.CutAll _ -> {
        if (variant != Variant.STREAM_OUTLIVES_LEASE) {
          world.hasStream = false;
        }
      }
      case LeaseEffect.Leave _, LeaseEffect.Recover _ ->
          throw new IllegalStateException("nothing is lost here, and nobody leaves");
    }
  }

  /**
   * The store does at once what it is asked. To do it later is to know more by then: that makes a
   * lease no longer and a memory no older.
   */
  private static void send(World world) {
    world.call = Stage.DONE;
    world.callSentAt = world.nodeNow();
    world.callHead = world.head;
  }

  private void verification(World world) {
    switch (world.verifying) {
      case NONE -> {
        boolean mayBegin = isHeld(world) || variant == Variant.CHECK_AFTER_READ;
        if (mayBegin && world.verifications < MOST_VERIFICATIONS) {
          add(
              "verification: begins",
              world,
              copy -> {
                copy.verifications++;
                copy.verifying = Verifying.BEGUN;
                copy.isLate = copy.isReturned;
              });
        }
      }
      case BEGUN -> look(world);
      case LOOKED -> {
        if (isHeld(world)) {
          accept(world);
        }
        add("verification: gives up", world, LeaseModel::end);
      }
      case MISSED -> {
        read(world, world.head);
        if (world.head > 0) {
          read(world, 0);
        }
      }
      case FILLED -> fill(world);
    }
  }

  private void look(World world) {
    boolean isCurrent = world.entry >= world.slot || variant == Variant.FILL_WITHOUT_GUARD;
    if (world.entry != World.NONE && isCurrent) {
      if (world.entry > 0) {
        add("verification: memory says revoked", world, LeaseModel::end);
      } else if (variant == Variant.CHECK_AFTER_READ) {
        add("verification: memory says good", world, copy -> copy.verifying = Verifying.LOOKED);
      } else {
        accept(world);
      }
      return;
    }
    add(
        "verification: not in memory",
        world,
        copy -> {
          copy.verifying = Verifying.MISSED;
          copy.capturedAt = copy.slotsApplied;
        });
  }

  private void read(World world, int head) {
    if (head >= world.capturedAt || variant == Variant.FILL_FROM_THE_PAST) {
      add(
          "verification: reads the store at " + head,
          world,
          copy -> {
            copy.readAt = head;
            copy.verifying = Verifying.FILLED;
          });
    }
  }

  private void fill(World world) {
    boolean isGuarded = variant != Variant.FILL_WITHOUT_GUARD;
    if (isGuarded && world.readAt < world.slot && variant != Variant.FILL_FROM_THE_PAST) {
      add("verification: reads again", world, copy -> copy.verifying = Verifying.MISSED);
      return;
    }
    if (world.readAt > 0) {
      add("verification: the store says revoked", world, copy -> remember(copy, isGuarded));
      return;
    }
    addJudged(
        "verification: accepts what the store says",
        world,
        world.isLate,
        copy -> remember(copy, isGuarded));
    if (mayOpen(world)) {
      add(
          "verification: the same, and a stream",
          world,
          copy -> {
            remember(copy, isGuarded);
            copy.hasStream = true;
          });
    }
  }

  /** An exchange is entered, and then everything is asked once more that it rests on. */
  private static boolean mayOpen(World world) {
    return !world.hasStream && isHeld(world) && world.slot == 0;
  }

  private static void remember(World world, boolean isGuarded) {
    if (!isGuarded || world.readAt >= world.slot) {
      world.entry = isGuarded ? Math.max(world.entry, world.readAt) : world.readAt;
    }
    end(world);
  }

  private void accept(World world) {
    addJudged("verification: accepts from memory", world, world.isLate, LeaseModel::end);
    if (mayOpen(world)) {
      add(
          "verification: the same, and a stream",
          world,
          copy -> {
            end(copy);
            copy.hasStream = true;
          });
    }
  }

  private static void end(World world) {
    world.verifying = Verifying.NONE;
    world.isLate = false;
    world.capturedAt = 0;
    world.readAt = 0;
  }

  private void revocation(World world) {
    if (variant == Variant.WAIT_FROM_BEFORE_COMMIT && !world.isWaiting) {
      add("revocation: begins to wait", world, this::await);
    } else if (!world.isCommitted) {
      add(
          "revocation: commits",
          world,
          copy -> {
            copy.isCommitted = true;
            copy.head = 1;
            if (!copy.isWaiting) {
              await(copy);
            }
          });
    }
    if (!world.isReturned) {
      watch(world);
    }
  }

  private void await(World world) {
    world.isWaiting = true;
    world.committedSince = world.now;
    tell(world, new ConfirmationEvent.Committed(1, world.now));
  }

  private void watch(World world) {
    if (world.confirmations.dueAt() <= world.now && world.questions < MOST_QUESTIONS) {
      add("watch: asks", world, copy -> tell(copy, new ConfirmationEvent.Due(copy.now)));
    }
    if (world.isAsked) {
      add(
          "watch: answer",
          world,
          copy -> {
            List<NodeRow> rows = copy.questionRows;
            int askedAt = copy.questionAt;
            int head = copy.questionHead;
            copy.isAsked = false;
            copy.questionHead = 0;
            copy.questionAt = 0;
            copy.questionRows = List.of();
            tell(copy, new ConfirmationEvent.Rows(rows, head, askedAt, TTL, copy.now));
          });
    }
    boolean isOver = variant == Variant.FENCE_BY_IMPATIENCE && world.isWaiting && !world.rowFenced;
    if (isOver && world.now > world.committedSince) {
      add("watch: has waited for long enough", world, copy -> copy.rowFenced = true);
    }
  }

  private List<NodeRow> rows(World world) {
    if (world.rowIncarnation == World.NONE || world.rowFenced) {
      return List.of();
    }
    long acked = variant == Variant.NO_ACKS ? 0 : world.rowAcked;
    return List.of(new NodeRow(id(world), world.rowNumber, acked));
  }

  private void tell(World world, ConfirmationEvent event) {
    Confirmations.Step step = world.confirmations.step(event, terms);
    world.confirmations = step.confirmations();
    for (ConfirmationEffect effect : step.effects()) {
      switch (effect) {
        case ConfirmationEffect.Ask _ -> {
          // When an answer is read makes a difference, and not when a question is sent.
          world.questions++;
          world.isAsked = true;
          world.questionAt = world.now;
          world.questionHead = world.head;
          world.questionRows = rows(world);
        }
        case Fence fence -> world.fence = fence.seen();
        case Confirmed _ -> world.isReturned = world.isCommitted;
      }
    }
  }

  private static String id(World world) {
    return "node" + world.rowIncarnation;
  }

  private void add(String action, World world, Consumer<World> change) {
    addJudged(action, world, false, change);
  }

  private void addJudged(String action, World world, boolean isViolation, Consumer<World> change) {
    World copy = world.copy();
    change.accept(copy);
    next.add(new Next(action, copy, isViolation));
  }
}
