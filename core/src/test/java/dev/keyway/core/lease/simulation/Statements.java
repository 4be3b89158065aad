package dev.keyway.core.lease.simulation;

import dev.keyway.core.change.Change;
import dev.keyway.core.change.Place;
import dev.keyway.core.lease.LeaseStore;
import dev.keyway.core.lease.LeaseStore.Entry;
import dev.keyway.core.lease.LeaseStore.Granted;
import dev.keyway.core.lease.LeaseStore.Life;
import dev.keyway.core.lease.LeaseStore.Renewal;
import dev.keyway.core.lease.NodeRow;
import dev.keyway.core.lease.simulation.Request.Lock;
import dev.keyway.core.lease.simulation.Request.Outcome;
import dev.keyway.core.verify.TestKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the stores say to PostgreSQL: which locks a statement takes, and what it sees when. */
final class Statements {
  /** So few that a node that is behind has to ask more than once. */
  private static final int MOST_CHANGES = 3;

  private static final long SKIPPED = 1_000;

  private final Mistake mistake;

  Statements(Mistake mistake) {
    this.mistake = mistake;
  }

  /** The head is read under the lock, and whoever would change it waits for the commit. */
  Request<Entry> join(String incarnation, Place applied) {
    boolean isLocked = mistake != Mistake.JOIN_WITHOUT_LOCK;
    return new Request<>(
        "join " + incarnation,
        isLocked ? Lock.SHARED : Lock.NONE,
        null,
        _ ->
            locked -> {
              if (locked.markOf(applied.seq()) != applied.mark()) {
                return new Outcome<>(new Entry.Diverged(), null);
              }
              long head = locked.head();
              return new Outcome<>(
                  new Entry.Entered(new Granted(head, locked.life.ttlNanos()), locked.markOf(head)),
                  state -> state.nodes.put(incarnation, new NodeRow(incarnation, 0, head)));
            });
  }

  /** Head and life are of the time before the row was waited for; the row is not. */
  Request<Renewal> renew(String incarnation, long number, Place acked) {
    return new Request<>(
        "renew " + incarnation + " number " + number + " applied " + acked.seq(),
        Lock.NONE,
        incarnation,
        snapshot -> {
          Granted granted = new Granted(snapshot.head(), snapshot.life.ttlNanos());
          boolean isDiverged = snapshot.markOf(acked.seq()) != acked.mark();
          return locked -> {
            NodeRow row = locked.nodes.get(incarnation);
            if (mistake == Mistake.RENEW_DESPITE_FENCE && row == null) {
              return new Outcome<>(new Renewal.Renewed(granted), null);
            }
            if (row == null || row.number() >= number) {
              return new Outcome<>(new Renewal.Refused(), null);
            }
            var next = new NodeRow(incarnation, number, Math.max(row.acked(), acked.seq()));
            if (isDiverged) {
              return new Outcome<>(new Renewal.Diverged(), null);
            }
            return new Outcome<>(
                new Renewal.Renewed(granted), state -> state.nodes.put(incarnation, next));
          };
        });
  }

  Request<LeaseStore.Nodes> nodes() {
    return Request.read(
        "nodes",
        state ->
            new LeaseStore.Nodes(
                List.copyOf(state.nodes.values()), state.head(), state.life.longestNanos()));
  }

  Request<Boolean> fence(NodeRow seen) {
    return new Request<>(
        "fence " + seen,
        Lock.NONE,
        seen.id(),
        _ ->
            locked -> {
              NodeRow row = locked.nodes.get(seen.id());
              boolean isSeen = row != null && row.number() == seen.number();
              return isSeen
                  ? new Outcome<>(true, state -> state.nodes.remove(seen.id()))
                  : new Outcome<>(false, null);
            });
  }

  Request<Boolean> leave(String incarnation) {
    return new Request<>(
        "leave " + incarnation,
        Lock.NONE,
        incarnation,
        _ -> _ -> new Outcome<>(true, state -> state.nodes.remove(incarnation)));
  }

  Request<Life> life() {
    return Request.read("life", state -> state.life);
  }

  Request<Boolean> useTtl(long ttl) {
    return new Request<>(
        "use leases of " + ttl,
        Lock.EXCLUSIVE,
        null,
        _ ->
            locked -> {
              Life life = locked.life;
              long longest = Math.max(life.longestNanos(), ttl);
              var next = new Life(ttl, longest, life.version() + 1);
              return new Outcome<>(true, state -> state.life = next);
            });
  }

  Request<Boolean> settle(Life seen) {
    return new Request<>(
        "settle " + seen,
        Lock.EXCLUSIVE,
        null,
        _ ->
            locked -> {
              var next = new Life(seen.ttlNanos(), seen.ttlNanos(), seen.version() + 1);
              return locked.life.version() == seen.version()
                  ? new Outcome<>(true, state -> state.life = next)
                  : new Outcome<>(false, null);
            });
  }

  /** A key that is revoked already keeps its change. */
  Request<Change> revoke(int key) {
    return new Request<>(
        "revoke " + key,
        Lock.EXCLUSIVE,
        null,
        _ ->
            locked -> {
              Change before = locked.revocations.get(key);
              if (before != null) {
                return new Outcome<>(before, null);
              }
              Change change =
                  TestKeys.narrowing(
                      new Place(locked.head() + 1, mark(locked)),
                      TestKeys.entity(TestKeys.key(key, locked.head())));
              return new Outcome<>(change, state -> enter(state, key, change));
            });
  }

  private static void enter(State state, int key, Change change) {
    state.changes.add(change);
    state.revocations.put(key, change);
    state.unconfirmed.add(change.seq());
  }

  private long mark(State state) {
    return mistake == Mistake.NO_MARKS ? 1 : state.nextMark();
  }

  /** Numbers go on far above those that were ever given. */
  Request<Boolean> recover(Place seen) {
    return new Request<>(
        "recover from " + seen,
        Lock.EXCLUSIVE,
        null,
        _ ->
            locked -> {
              boolean isLost = locked.markOf(seen.seq()) != seen.mark();
              if (!isLost || locked.head() >= seen.seq() + SKIPPED) {
                return new Outcome<>(isLost, _ -> {});
              }
              long head = Math.max(locked.head(), seen.seq()) + SKIPPED;
              Change change = TestKeys.narrowing(new Place(head, mark(locked)));
              return new Outcome<>(true, state -> state.changes.add(change));
            });
  }

  Request<List<Change>> from(long seq) {
    return Request.read(
        "changes from " + seq,
        state ->
            state.changes.stream().filter(one -> one.seq() >= seq).limit(MOST_CHANGES).toList());
  }

  Request<List<Change>> unconfirmed() {
    return Request.read(
        "unconfirmed changes",
        state ->
            state.changes.stream().filter(one -> state.unconfirmed.contains(one.seq())).toList());
  }

  Request<Boolean> markEffective(long seq) {
    return new Request<>(
        "change " + seq + " holds",
        Lock.NONE,
        null,
        _ -> _ -> new Outcome<>(true, state -> state.unconfirmed.remove(seq)));
  }

  Request<KnownKey> find(int key) {
    return Request.read(
        "key " + key, state -> new KnownKey(TestKeys.key(key, state.head()), change(state, key)));
  }

  private static @Nullable Change change(State state, int key) {
    return state.revocations.get(key);
  }
}
