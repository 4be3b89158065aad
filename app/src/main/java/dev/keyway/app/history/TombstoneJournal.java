package dev.keyway.app.history;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.ChangeLog;
import dev.keyway.core.change.Place;
import dev.keyway.core.history.Tombstone;
import dev.keyway.core.history.TombstoneSink;
import dev.keyway.core.history.Tombstones;
import dev.keyway.core.history.Tombstones.Replayed;
import dev.keyway.core.lease.LostHistory;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what changes took away outside of the store, and takes it again from a store that was set
 * back.
 *
 * <p>One thread follows the store's changes, those of other nodes too, and writes them in their
 * order: the journal is always the beginning of a history, without a gap. Whoever waits for a
 * change waits for that thread, and all who wait share one write.
 */
public final class TombstoneJournal implements LostHistory, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TombstoneJournal.class);
  private static final int MOST = 1_000;

  /** How often it looks for changes of others, and tries again after a failure. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final JournalSinks sinks;
  private final ChangeLog log;
  private final Tombstones tombstones;
  private final LostHistory numbers;
  private final Semaphore wakeUps = new Semaphore(0);
  private final Map<Long, CompletableFuture<Void>> awaited = new ConcurrentSkipListMap<>();
  private final Thread thread =
      Thread.ofPlatform().name("keyway-tombstones").daemon().unstarted(this::run);

  private volatile Place last = Place.START;
  private volatile boolean isWritten = true;
  private volatile long replayed;

  /**
   * A journal that has not begun.
   *
   * @param numbers lets the numbers of changes go on above those that were lost
   */
  public TombstoneJournal(
      List<TombstoneSink> sinks, ChangeLog log, Tombstones tombstones, LostHistory numbers) {
    this.sinks = new JournalSinks(sinks);
    this.log = log;
    this.tombstones = tombstones;
    this.numbers = numbers;
  }

  /**
   * Makes good what the store has lost since the journal was written, and begins to write. To be
   * called before anything is decided.
   *
   * @throws UnavailableException when the store does not answer
   * @throws IOException when the journal cannot be read
   */
  public void begin() throws IOException {
    last = sinks.last();
    if (!isKnown(last)) {
      recover(last);
    }
    thread.start();
  }

  /** How it is, for people. */
  public JournalState state() {
    return new JournalState(isWritten, replayed);
  }

  /** Completes when a change is kept; fails when it cannot be at present. */
  CompletionStage<Void> kept(long seq) {
    if (last.seq() >= seq) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> kept = awaited.computeIfAbsent(seq, _ -> new CompletableFuture<>());
    wakeUps.release();
    return kept;
  }

  @Override
  public Place kept(Place applied, Duration patience) {
    try {
      kept(applied.seq()).toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return applied;
    } catch (ExecutionException | TimeoutException e) {
      // Said in the log by whoever writes; an older word than this node's is true, too.
      Place written = last;
      return written.seq() < applied.seq() ? written : applied;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("The node is stopping.", e);
    }
  }

  @Override
  public synchronized void recover(Place seen) {
    try {
      List<Tombstone> all = sinks.all();
      int first = firstUnknown(all);
      List<Tombstone> lost = all.subList(first, all.size());
      numbers.recover(highest(lost, seen));
      var count = new Replayed(0, 0);
      for (Tombstone one : lost) {
        count = count.and(tombstones.replay(one));
      }
      last = first == 0 ? Place.START : all.get(first - 1).place();
      replayed += count.made();
      if (!lost.isEmpty()) {
        tell(lost, count);
      }
    } catch (IOException e) {
      throw new UnavailableException("The journal of tombstones cannot be read.", e);
    }
  }

  private static void tell(List<Tombstone> lost, Replayed count) {
    LOG.atError()
        .addKeyValue("changes", lost.size())
        .addKeyValue("since", lost.getFirst().at())
        .addKeyValue("taken_again", count.made())
        .addKeyValue("unknown", count.unknown())
        .log(
            "the store is older than the journal of tombstones: what it had forgotten to take is"
                + " taken again");
  }

  /** What stands before a change that the store has is in the store, by itself or by a replay. */
  private int firstUnknown(List<Tombstone> all) {
    for (int end = all.size(); end > 0; end -= Math.min(MOST, end)) {
      List<Tombstone> part = all.subList(Math.max(0, end - MOST), end);
      Set<Place> known = tombstones.known(part.stream().map(Tombstone::place).toList());
      for (int i = end - 1; i >= end - part.size(); i--) {
        if (known.contains(all.get(i).place())) {
          return i + 1;
        }
      }
    }
    return 0;
  }

  private static Place highest(List<Tombstone> lost, Place seen) {
    Place highest = seen;
    for (Tombstone one : lost) {
      highest = one.place().seq() > highest.seq() ? one.place() : highest;
    }
    return highest;
  }

  private boolean isKnown(Place place) {
    return place.equals(Place.START) || tombstones.known(List.of(place)).contains(place);
  }

  private void run() {
    try {
      while (true) {
        boolean isAwaited = wakeUps.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        wakeUps.drainPermits();
        write(isAwaited);
      }
    } catch (InterruptedException e) {
      // Only close does that.
      Thread.currentThread().interrupt();
    }
  }

  private void write(boolean isAwaited) {
    try {
      boolean hasMore = true;
      while (hasMore) {
        hasMore = writeSome();
        // Before anybody is told: who was just told that a change is kept may ask how it is.
        isWritten = true;
        completeKept();
      }
    } catch (UnavailableException e) {
      fail(e);
    } catch (IOException | RuntimeException e) {
      if (isWritten || isAwaited) {
        LOG.error("the journal of tombstones cannot be written: no revocation is confirmed", e);
      }
      isWritten = false;
      fail(e);
    }
  }

  /** Whether there may be more. */
  private synchronized boolean writeSome() throws IOException {
    List<Change> read = log.from(last.seq(), MOST);
    List<Change> changes = read.stream().filter(change -> change.seq() > last.seq()).toList();
    if (changes.isEmpty()) {
      return false;
    }
    if (last.seq() > 0 && !read.getFirst().place().equals(last)) {
      throw new UnavailableException("The store has lost the last change of the journal.", null);
    }
    sinks.append(tombstones.of(changes));
    last = changes.getLast().place();
    return read.size() == MOST;
  }

  private void completeKept() {
    long kept = last.seq();
    for (Long seq : new HashSet<>(awaited.keySet())) {
      if (seq <= kept) {
        CompletableFuture<Void> one = awaited.remove(seq);
        if (one != null) {
          one.complete(null);
        }
      }
    }
  }

  private void fail(Exception failure) {
    for (Long seq : new HashSet<>(awaited.keySet())) {
      CompletableFuture<Void> one = awaited.remove(seq);
      if (one != null) {
        one.completeExceptionally(failure);
      }
    }
  }

  /** Writes nothing any more. What is not written is read from the store at the next start. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      if (thread.isAlive()) {
        thread.join(PAUSE.multipliedBy(5));
      }
      sinks.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("the journal of tombstones cannot be closed", e);
    }
  }
}
