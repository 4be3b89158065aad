package dev.keyway.app.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.change.Change;
import dev.keyway.core.change.ChangeLog;
import dev.keyway.core.change.Place;
import dev.keyway.core.history.End;
import dev.keyway.core.history.Tombstone;
import dev.keyway.core.history.TombstoneSink;
import dev.keyway.core.history.Tombstones;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a change is kept, and what is taken again from a store that was set back. */
final class TombstoneJournalTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Store store = new Store();
  private final Kept first = new Kept();
  private final Kept second = new Kept();
  private TombstoneJournal journal = journal();

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void kept_isToldWhenEveryPlaceHasIt() throws Exception {
    journal.begin();
    store.add(1, 7);
    store.add(2, 8);

    await(2);

    assertThat(first.places()).containsExactly(new Place(1, 7), new Place(2, 8));
    assertThat(second.places()).containsExactly(new Place(1, 7), new Place(2, 8));
    await(1);
  }

  @Test
  void kept_whileAPlaceCannotBeWritten_fails_andIsMadeGoodLater() throws Exception {
    journal.begin();
    second.isBroken = true;
    store.add(1, 7);

    assertThatThrownBy(() -> await(1))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);
    assertThat(journal.state().isWritten()).isFalse();
    second.isBroken = false;

    await(1);
    assertThat(second.places()).containsExactly(new Place(1, 7));
    assertThat(journal.state().isWritten()).isTrue();
  }

  @Test
  void kept_ofAnAppliedChange_waitsForEveryPlace_andSaysHowFarItCame() throws Exception {
    journal.begin();
    store.add(1, 7);
    var first = new Place(1, 7);
    assertThat(journal.kept(first, PATIENCE)).isEqualTo(first);
    assertThat(second.places()).containsExactly(first);

    second.isBroken = true;
    store.add(2, 8);
    assertThat(journal.kept(new Place(2, 8), PATIENCE)).isEqualTo(first);
  }

  @Test
  void begin_onAStoreThatHasAll_takesNothing() throws Exception {
    fill();

    journal = journal();
    journal.begin();

    assertThat(store.replayed).isEmpty();
    assertThat(store.raised).isEmpty();
  }

  @Test
  void begin_onAnOlderStore_takesWhatIsLostAndGoesOnFromWhatIsKnown() throws Exception {
    fill();
    store.changes.removeIf(change -> change.seq() > 1);
    store.add(2, 99);

    journal = journal();
    journal.begin();

    assertThat(store.replayed).containsExactly(new Place(2, 8), new Place(3, 9));
    assertThat(store.raised).containsExactly(new Place(3, 9));
    await(2);
    assertThat(first.places()).endsWith(new Place(3, 9), new Place(2, 99));
  }

  @Test
  void begin_afterALossThatWasMadeGood_takesNothingTwice() throws Exception {
    fill();
    store.changes.removeIf(change -> change.seq() > 1);
    store.add(100, 5);
    journal = journal();
    journal.begin();
    await(100);
    journal.close();
    store.replayed.clear();

    journal = journal();
    journal.begin();

    assertThat(store.replayed).isEmpty();
  }

  @Test
  void begin_withAnEmptySecondPlace_fillsIt() throws Exception {
    fill();
    second.all.clear();

    journal = journal();
    journal.begin();

    assertThat(second.places()).isEqualTo(first.places());
  }

  @Test
  void begin_withAPlaceThatLacksTheMiddle_putsItInOrder() throws Exception {
    fill();
    second.all.remove(1);

    journal = journal();
    journal.begin();

    assertThat(second.places()).isEqualTo(first.places());
  }

  @Test
  void begin_withAPlaceThatHasOnlyTheMiddle_putsItInOrder() throws Exception {
    fill();
    first.all.removeIf(each -> each.place().seq() != 2);

    journal = journal();
    journal.begin();

    assertThat(first.places())
        .containsExactly(new Place(1, 7), new Place(2, 8), new Place(3, 9))
        .isEqualTo(second.places());
  }

  @Test
  void begin_whereEachPlaceLacksSomething_makesBothWholeInOrder() throws Exception {
    fill();
    first.all.remove(0);
    second.all.remove(2);
    second.all.remove(1);

    journal = journal();
    journal.begin();

    assertThat(first.places())
        .containsExactly(new Place(1, 7), new Place(2, 8), new Place(3, 9))
        .isEqualTo(second.places());
  }

  @Test
  void begin_afterARepairThatWasCutOff_repairsAgain() throws Exception {
    fill();
    first.all.add(first.all.remove(0));

    journal = journal();
    journal.begin();

    assertThat(first.places())
        .containsExactly(new Place(1, 7), new Place(2, 8), new Place(3, 9))
        .isEqualTo(second.places());
  }

  @Test
  void begin_withPlacesOfTwoHistories_isRefused() throws Exception {
    fill();
    second.all.removeLast();
    second.all.add(new Tombstone(new Place(3, 99), Instant.EPOCH, List.of()));

    journal = journal();

    assertThatThrownBy(journal::begin)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("different histories at change 3");
  }

  @Test
  void begin_withAHoleInAPlace_fillsItInOrder() throws Exception {
    fill();
    List<Place> inOrder = first.places();
    first.all.remove(1);
    second.all.remove(2);
    journal = journal();
    journal.begin();

    assertThat(second.places()).isEqualTo(inOrder);
    assertThat(first.places()).isEqualTo(inOrder);
    assertThat(store.replayed).isEmpty();
  }

  private void fill() throws Exception {
    journal.begin();
    store.add(1, 7);
    store.add(2, 8);
    store.add(3, 9);
    await(3);
    journal.close();
  }

  private void await(long seq) throws Exception {
    journal.kept(seq).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private TombstoneJournal journal() {
    return new TombstoneJournal(List.of(first, second), store, store, store.raised::add);
  }

  /** A place in memory. */
  private static final class Kept implements TombstoneSink {
    final List<Tombstone> all = new CopyOnWriteArrayList<>();
    volatile boolean isBroken;

    /** What was written twice counts where it stands last. */
    List<Place> places() {
      var places = new LinkedHashSet<Place>();
      all.forEach(each -> places.addLast(each.place()));
      return List.copyOf(places);
    }

    @Override
    public void read(Consumer<Tombstone> reader) {
      all.forEach(reader);
    }

    @Override
    public void append(List<Tombstone> tombstones) throws IOException {
      if (isBroken) {
        throw new IOException("no space");
      }
      all.addAll(tombstones);
    }

    @Override
    public String name() {
      return "memory";
    }

    @Override
    public void close() {}
  }

  /** Changes, and what was asked about them. */
  private static final class Store implements ChangeLog, Tombstones {
    final List<Change> changes = new CopyOnWriteArrayList<>();
    final List<Place> replayed = new CopyOnWriteArrayList<>();
    final List<Place> raised = new ArrayList<>();

    void add(long seq, long mark) {
      changes.add(
          new Change(
              seq, mark, Change.Direction.NARROWS, Instant.EPOCH, Instant.EPOCH, 1, List.of()));
    }

    @Override
    public List<Change> from(long seq, int most) {
      return changes.stream().filter(change -> change.seq() >= seq).limit(most).toList();
    }

    @Override
    public List<Tombstone> of(List<Change> some) {
      return some.stream()
          .map(change ->
              new Tombstone(
                  change.place(),
                  change.committedAt(),
                  List.of(new End(End.What.KEY_REVOKED, "key_" + change.seq(), ""))))
          .toList();
    }

    @Override
    public Set<Place> known(Collection<Place> places) {
      return changes.stream()
          .map(Change::place)
          .filter(places::contains)
          .collect(Collectors.toSet());
    }

    @Override
    public Replayed replay(Tombstone tombstone) {
      replayed.add(tombstone.place());
      return new Replayed(1, 0);
    }

    @Override
    public long head() {
      return changes.isEmpty() ? 0 : changes.getLast().seq();
    }

    @Override
    public Optional<Change> find(long seq) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Long> unconfirmed(Instant before, int most) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Instant markEffective(Place change, Instant at) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void markAllEffective(Instant at) {
      throw new UnsupportedOperationException();
    }
  }
}
