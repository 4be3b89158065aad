package dev.keyway.core.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.Precondition;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.contract.StoreContract;
import dev.keyway.core.product.PrefixStore.PrefixUse;
import dev.keyway.core.tenancy.Account;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link PrefixStore} does. */
public abstract class PrefixStoreContract extends StoreContract {
  private Account account;

  @BeforeEach
  final void noteBoth() {
    account = world.account("memo");
    assertThat(note(Map.of("memo", "mk_", "lake", "lk_"))).isEmpty();
  }

  @Test
  void note_anotherPrefixWithLivingKeys_isToldAndNotNoted() {
    var _ = world.key(account).add();
    var _ = world.key(account).add();

    for (int time = 0; time < 2; time++) {
      assertThat(note(Map.of("memo", "new_", "lake", "lk_")))
          .containsExactly(new PrefixUse("memo", "mk_", 2));
    }
    assertThat(note(Map.of("memo", "mk_", "lake", "lk_"))).isEmpty();
  }

  @Test
  void note_anotherPrefixOfAProductWithoutKeys_isNoted() {
    var _ = world.key(account).add();

    assertThat(note(Map.of("memo", "mk_", "lake", "new_"))).isEmpty();

    var _ = world.key(world.account("lake")).add();
    assertThat(note(Map.of("memo", "mk_", "lake", "lk_")))
        .containsExactly(new PrefixUse("lake", "new_", 1));
  }

  @Test
  void note_onlyKeysThatLiveCount() {
    ApiKey revoked = world.key(account).add();
    var _ = world.key(account).expiresAt(world.now().plusSeconds(60)).add();
    stores.apiKeys().revoke(revoked.id(), world.now(), Precondition.NONE, world.event());

    assertThat(note(Map.of("memo", "new_", "lake", "lk_")))
        .containsExactly(new PrefixUse("memo", "mk_", 1));
    world.pass(Duration.ofSeconds(60));
    assertThat(note(Map.of("memo", "new_", "lake", "lk_"))).as("one has expired").isEmpty();

    ApiKey leaving = world.key(account).add();
    assertThat(note(Map.of("memo", "mk_", "lake", "lk_")))
        .containsExactly(new PrefixUse("memo", "new_", 1));
    stores.accounts().delete(account.id(), world.now(), Precondition.NONE, world.event());
    assertThat(stored(leaving).deactivatedAt()).isNotNull();
    assertThat(note(Map.of("memo", "mk_", "lake", "lk_"))).isEmpty();
  }

  @Test
  void note_productThatIsGone_isToldForAsLongAsKeysLive() {
    ApiKey key = world.key(account).add();

    assertThat(note(Map.of())).containsExactly(new PrefixUse("memo", "mk_", 1));
    assertThat(note(Map.of("memo", "new_")))
        .as("it comes back under another prefix")
        .containsExactly(new PrefixUse("memo", "mk_", 1));

    stores.apiKeys().revoke(key.id(), world.now(), Precondition.NONE, world.event());
    assertThat(note(Map.of())).isEmpty();
  }

  @Test
  void note_severalProducts_areToldBySlug() {
    var _ = world.key(account).add();
    var _ = world.key(world.account("lake")).add();

    assertThat(note(Map.of("memo", "lk_", "lake", "mk_")))
        .containsExactly(new PrefixUse("lake", "lk_", 1), new PrefixUse("memo", "mk_", 1));
  }

  private List<PrefixUse> note(Map<String, String> prefixes) {
    return stores.prefixes().note(prefixes, world.now());
  }
}
