package dev.keyway.core.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.Precondition;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.contract.StoreContract;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link ChangeLog} does. */
public abstract class ChangeLogContract extends StoreContract {
  private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

  @Test
  void head_ofAnEmptyStore_isZero() {
    assertThat(stores.changeLog().head()).isZero();
    assertThat(stores.changeLog().find(0)).isEmpty();
    assertThat(stores.changeLog().find(1)).isEmpty();
  }

  @Test
  void find_givesBackTheChangeAsItWasAnswered() {
    Change first = change();
    Change second = change();

    assertThat(stores.changeLog().find(1)).contains(first);
    assertThat(stores.changeLog().find(2)).contains(second);
    assertThat(stores.changeLog().find(3)).isEmpty();
    assertThat(stores.changeLog().head()).isEqualTo(2);
  }

  @Test
  void markEffective_theFirstInstantStays() {
    change();
    change();
    Instant first = world.tick();

    assertThat(stores.changeLog().markEffective(place(1), first)).isEqualTo(first);
    assertThat(stores.changeLog().markEffective(place(1), world.tick())).isEqualTo(first);

    assertThat(effectiveAt(1)).isEqualTo(first);
    assertThat(effectiveAt(2)).isNull();
  }

  @Test
  void markEffective_ofALostChange_isNotNotedForItsSuccessor() {
    Change change = change();
    var lost = new Place(change.seq(), change.mark() + 1);

    assertThatThrownBy(() -> stores.changeLog().markEffective(lost, world.tick()))
        .isInstanceOf(UnavailableException.class);

    assertThat(effectiveAt(1)).isNull();
  }

  @Test
  void from_beginsWithTheChangeItself() {
    Change first = change();
    Change second = change();
    Change third = change();

    assertThat(stores.changeLog().from(0, 2)).containsExactly(first, second);
    assertThat(stores.changeLog().from(2, 9)).containsExactly(second, third);
    assertThat(stores.changeLog().from(4, 9)).isEmpty();
  }

  @Test
  void marks_ofTwoChanges_areNotTheSame() {
    assertThat(change().mark()).isNotZero().isNotEqualTo(change().mark());
  }

  @Test
  void unconfirmed_namesWhatIsNotKnownToHold() {
    assertThat(stores.changeLog().unconfirmed(FAR, 10)).isEmpty();
    change();
    change();
    change();

    stores.changeLog().markEffective(place(2), world.tick());

    assertThat(stores.changeLog().unconfirmed(FAR, 10)).containsExactly(1L, 3L);
    assertThat(stores.changeLog().unconfirmed(FAR, 1)).containsExactly(1L);
    assertThat(stores.changeLog().unconfirmed(Instant.EPOCH, 10)).isEmpty();
  }

  @Test
  void markAllEffective_notesWhatWasNeverConfirmed() {
    change();
    change();
    change();
    Instant confirmed = world.tick();
    stores.changeLog().markEffective(place(2), confirmed);
    Instant started = world.tick();

    stores.changeLog().markAllEffective(started);

    assertThat(effectiveAt(1)).isEqualTo(started);
    assertThat(effectiveAt(2)).isEqualTo(confirmed);
    assertThat(effectiveAt(3)).isEqualTo(started);
    change();
    assertThat(effectiveAt(4)).isNull();
  }

  @Test
  void markAllEffective_clockSetBack_notBeforeTheCommit() {
    Change change = change();

    stores.changeLog().markAllEffective(change.committedAt().minusSeconds(86_400));

    assertThat(effectiveAt(1)).isEqualTo(change.committedAt());
  }

  private Change change() {
    var key = world.key(world.account("meko")).add();
    return stores
        .apiKeys()
        .revoke(key.id(), world.tick(), Precondition.NONE, world.event())
        .orElseThrow();
  }

  private @Nullable Instant effectiveAt(long seq) {
    return stores.changeLog().find(seq).orElseThrow().effectiveAt();
  }

  private Place place(long seq) {
    return stores.changeLog().find(seq).orElseThrow().place();
  }
}
