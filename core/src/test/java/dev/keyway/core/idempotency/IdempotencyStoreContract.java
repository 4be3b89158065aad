package dev.keyway.core.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.contract.StoreContract;
import dev.keyway.core.contract.Together;
import dev.keyway.core.idempotency.IdempotencyStore.Earlier;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link IdempotencyStore} does. */
public abstract class IdempotencyStoreContract extends StoreContract {

  @Test
  void begin_aSecondTime_answersThatTheFirstIsRunning() {
    assertThat(begin("acc_1", "key", "print")).isNull();

    assertThat(begin("acc_1", "key", "print")).isEqualTo(new Earlier("print", null, null));
  }

  @Test
  void begin_afterCompletion_answersTheFirstAnswer() {
    begin("acc_1", "key", "print");
    stores.idempotency().complete("acc_1", "key", 201, "{\"name\":\"caf\u00E9 \uD83E\uDD16\"}");

    assertThat(begin("acc_1", "key", "print"))
        .isEqualTo(new Earlier("print", 201, "{\"name\":\"caf\u00E9 \uD83E\uDD16\"}"));
  }

  @Test
  void begin_withAnotherRequest_answersTheFirstOnesFingerprint() {
    begin("acc_1", "key", "first");
    assertThat(begin("acc_1", "key", "second")).isEqualTo(new Earlier("first", null, null));

    stores.idempotency().complete("acc_1", "key", 200, "{}");
    assertThat(begin("acc_1", "key", "second")).isEqualTo(new Earlier("first", 200, "{}"));
  }

  @Test
  void begin_otherCallerOrKey_isFree() {
    begin("acc_1", "key", "print");

    assertThat(begin("acc_2", "key", "print")).isNull();
    assertThat(begin("ACC_1", "key", "print")).isNull();
    assertThat(begin("acc_1", "KEY", "print")).isNull();
    assertThat(begin("acc_1", "cl\u00E9", "print")).isNull();
    assertThat(begin("acc_1", "cle\u0301", "print")).isNull();
    assertThat(begin("acc_1k", "ey", "print")).isNull();
  }

  @Test
  void abandon_givesTheKeyBack() {
    begin("acc_1", "key", "print");

    stores.idempotency().abandon("acc_1", "key");

    assertThat(begin("acc_1", "key", "other")).isNull();
    assertThat(begin("acc_1", "key", "print")).isEqualTo(new Earlier("other", null, null));
  }

  @Test
  void abandon_leavesOtherCallersKeys() {
    begin("acc_1", "key", "print");
    begin("acc_2", "key", "print");

    stores.idempotency().abandon("acc_1", "key");

    assertThat(begin("acc_2", "key", "print")).isNotNull();
  }

  @Test
  void interrupt_endsTheCallIfItHasNoAnswer() {
    begin("acc_1", "running", "print");
    begin("acc_2", "running", "print");
    begin("acc_1", "done", "print");
    stores.idempotency().complete("acc_1", "done", 201, "{}");

    stores.idempotency().interrupt("acc_1", "running");
    stores.idempotency().interrupt("acc_1", "done");

    assertThat(begin("acc_1", "running", "print"))
        .isEqualTo(new Earlier("print", Earlier.INTERRUPTED, null));
    assertThat(begin("acc_2", "running", "print")).isEqualTo(new Earlier("print", null, null));
    assertThat(begin("acc_1", "done", "print")).isEqualTo(new Earlier("print", 201, "{}"));
  }

  @Test
  void markInterrupted_endsWhatHasNoAnswerAndNothingElse() {
    begin("acc_1", "running", "print");
    begin("acc_1", "done", "print");
    stores.idempotency().complete("acc_1", "done", 201, "{}");
    Instant begun = world.now();
    world.tick();
    begin("acc_1", "later", "print");

    stores.idempotency().markInterrupted(begun);

    assertThat(begin("acc_1", "running", "print"))
        .isEqualTo(new Earlier("print", Earlier.INTERRUPTED, null));
    assertThat(begin("acc_1", "later", "print")).isEqualTo(new Earlier("print", null, null));
    assertThat(begin("acc_1", "done", "print")).isEqualTo(new Earlier("print", 201, "{}"));
    assertThat(begin("acc_1", "new", "print")).isNull();
  }

  @Test
  void forget_dropsWhatBeganBefore() {
    begin("acc_1", "old", "print");
    Instant before = world.tick();
    begin("acc_1", "new", "print");

    stores.idempotency().forget(before);

    assertThat(begin("acc_1", "old", "print")).isNull();
    assertThat(begin("acc_1", "new", "print")).isNotNull();
  }

  @Test
  void begin_concurrently_letsOneGoOn() {
    Instant at = world.now();

    List<Boolean> free =
        Together.run(10, i -> stores.idempotency().begin("acc_1", "key", "p" + i, at) == null);

    assertThat(free.stream().filter(one -> one)).hasSize(1);
  }

  private @Nullable Earlier begin(String caller, String key, String fingerprint) {
    return stores.idempotency().begin(caller, key, fingerprint, world.now());
  }
}
