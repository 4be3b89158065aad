package dev.keyway.core.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.contract.Together;
import dev.keyway.core.verify.TestKeys;
import dev.keyway.core.verify.VerifiableKey;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChangeSlotsTest {
  private final ChangeSlots slots = new ChangeSlots();

  @ParameterizedTest
  @MethodSource("dependencies")
  @DisplayName("ALL-3 state read before a change to what it depends on is not current")
  void apply_toWhatAKeyDependsOn_outdatesIt(Entity entity) {
    slots.apply(TestKeys.narrowing(3, entity));

    assertThat(TestKeys.key(1, 2).isCurrent(slots)).isFalse();
    assertThat(TestKeys.key(1, 3).isCurrent(slots)).isTrue();
  }

  static Stream<Entity> dependencies() {
    return Stream.of(
        TestKeys.entity(TestKeys.key(1, 0)),
        new Entity(Entity.Kind.ACCOUNT, "acc_1"),
        new Entity(Entity.Kind.WORKSPACE, "ws_1"),
        new Entity(Entity.Kind.RESOURCE, "res_1"));
  }

  @Test
  void apply_severalEntities_outdatesAllOfThem() {
    VerifiableKey one = TestKeys.key(1, 0);
    VerifiableKey two = TestKeys.key(2, 0);

    slots.apply(TestKeys.narrowing(1, TestKeys.entity(one), TestKeys.entity(two)));

    assertThat(one.isCurrent(slots)).isFalse();
    assertThat(two.isCurrent(slots)).isFalse();
    assertThat(TestKeys.key(3, 0).isCurrent(slots)).isTrue();
  }

  @Test
  void apply_outOfOrder_keepsTheLatest() {
    Entity entity = TestKeys.entity(TestKeys.key(1, 0));
    slots.apply(TestKeys.narrowing(9, entity));
    slots.apply(TestKeys.narrowing(4, entity));

    assertThat(slots.latest(ChangeSlots.slotOf(entity.kind(), entity.id()))).isEqualTo(9);
    assertThat(slots.applied()).isEqualTo(9);
  }

  @Test
  void apply_concurrently_losesNoChange() {
    Entity entity = TestKeys.entity(TestKeys.key(1, 0));

    Together.run(
        4,
        thread -> {
          IntStream.rangeClosed(1, 5_000)
              .forEach(i -> slots.apply(TestKeys.narrowing(i * 4L - thread, entity)));
          return thread;
        });

    assertThat(slots.latest(ChangeSlots.slotOf(entity.kind(), entity.id()))).isEqualTo(20_000);
    assertThat(slots.applied()).isEqualTo(20_000);
  }

  @Test
  void isLatest_isTrueUntilSomethingNewerIsApplied() {
    assertThat(slots.isLatest(0)).isTrue();

    slots.apply(TestKeys.narrowing(3, new Entity(Entity.Kind.ACCOUNT, "acc_9")));

    assertThat(slots.isLatest(2)).isFalse();
    assertThat(slots.isLatest(3)).isTrue();
    assertThat(TestKeys.key(1, 2).isCurrent(slots)).as("nothing of its own has changed").isTrue();
  }

  @Test
  void startAt_movesWhatWasApplied_andWhatWasReadBeforeCountsNoMore() {
    slots.startAt(40);
    slots.startAt(12);

    assertThat(slots.applied()).isEqualTo(40);
    assertThat(TestKeys.key(1, 39).isCurrent(slots)).isFalse();
    assertThat(TestKeys.key(1, 40).isCurrent(slots)).isTrue();
  }

  @Test
  void slotOf_spreadsIdsOverTheSlots() {
    var used = new BitSet();
    for (int i = 0; i < 65_536; i++) {
      int slot = ChangeSlots.slotOf(Entity.Kind.KEY, TestKeys.key(i, 0).key().id().toString());
      assertThat(slot).isBetween(0, 65_535);
      used.set(slot);
    }

    // Drawn at random 65,536 ids fill 63 % of the slots; half of them would still do.
    assertThat(used.cardinality()).isGreaterThan(32_768);
  }

  @Test
  void slotOf_equalIdsOfTwoKinds_differ() {
    List<Integer> found =
        Stream.of(Entity.Kind.values()).map(kind -> ChangeSlots.slotOf(kind, "same")).toList();

    assertThat(found).doesNotHaveDuplicates();
  }
}
