package dev.keyway.core.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.apikey.KeyDigest;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Entity;
import dev.keyway.core.contract.StoreContract;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link OperatorKeyStore} does. */
public abstract class OperatorKeyStoreContract extends StoreContract {

  @Test
  void create_thenFind_givesBackEveryPart() {
    OperatorKey limited = key("opk_aaaaaaaaaaaa", Set.of(Right.VERIFY, Right.READ), Set.of("memo"));
    OperatorKey full = key("opk_AAAAAAAAAAAA", Set.of(Right.values()), Set.of());
    AuditEvent event = world.event();

    stores.operatorKeys().create(limited, event);
    stores.operatorKeys().create(full, world.event());

    assertThat(find(limited)).usingRecursiveComparison().isEqualTo(limited);
    assertThat(find(full)).usingRecursiveComparison().isEqualTo(full);
    assertThat(stores.operatorKeys().find(new OperatorKeyId("opk_aaaaaaaaaaaA"))).isEmpty();
    assertThat(isRecorded(event)).isTrue();
    assertThat(stores.changeLog().head()).isZero();
  }

  @Test
  void list_isNewestFirst_withTheRevokedOnes() {
    OperatorKey one = add("opk_000000000001");
    OperatorKey two = add("opk_000000000002");
    OperatorKey three = add("opk_000000000003");
    stores.operatorKeys().revoke(two.id(), world.tick(), world.event());

    for (int limit = 1; limit <= 4; limit++) {
      List<OperatorKey> keys = pages(stores.operatorKeys()::list, limit);
      assertThat(keys).extracting(OperatorKey::id).containsExactly(three.id(), two.id(), one.id());
    }
  }

  @Test
  @DisplayName("obligations 1, 3 and 5: a revoke is one change, one audit row, seen at once")
  void revoke_isSeenByTheNextRead() {
    OperatorKey key = add("opk_000000000001");
    Instant at = world.tick();
    AuditEvent event = world.event();

    Change change = stores.operatorKeys().revoke(key.id(), at, event).orElseThrow();

    assertCommitted(change, event, 1);
    assertThat(change.direction()).isEqualTo(Change.Direction.NARROWS);
    assertThat(change.entities())
        .containsExactly(new Entity(Entity.Kind.OPERATOR_KEY, key.id().text()));
    assertThat(find(key).revokedAt()).isEqualTo(at);
  }

  @Test
  void revoke_again_returnsTheChangeThatDidIt() {
    OperatorKey key = add("opk_000000000001");
    Instant at = world.tick();
    Change first = stores.operatorKeys().revoke(key.id(), at, world.event()).orElseThrow();
    AuditEvent event = world.event();

    Change second = stores.operatorKeys().revoke(key.id(), world.tick(), event).orElseThrow();

    assertThat(second).isEqualTo(first);
    assertThat(find(key).revokedAt()).isEqualTo(at);
    assertUnwritten(event, 1);
  }

  @Test
  @DisplayName("obligation 1: revoking what does not exist leaves no audit row")
  void revoke_unknown_writesNothing() {
    AuditEvent event = world.event();
    var unknown = new OperatorKeyId("opk_none");

    assertThat(stores.operatorKeys().revoke(unknown, world.now(), event)).isEmpty();

    assertUnwritten(event, 0);
  }

  private OperatorKey add(String id) {
    OperatorKey key = key(id, Set.of(Right.MANAGE), Set.of());
    stores.operatorKeys().create(key, world.event());
    return key;
  }

  private OperatorKey key(String id, Set<Right> rights, Set<String> products) {
    var digest = new KeyDigest(3, new byte[32]);
    return new OperatorKey(
        new OperatorKeyId(id), "ops \uD83E\uDD16", rights, products, digest, world.tick(), null);
  }

  private OperatorKey find(OperatorKey key) {
    return stores.operatorKeys().find(key.id()).orElseThrow();
  }
}
