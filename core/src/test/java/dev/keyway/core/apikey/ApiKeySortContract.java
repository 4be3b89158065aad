package dev.keyway.core.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.Cursor;
import dev.keyway.core.PageRequest;
import dev.keyway.core.Precondition;
import dev.keyway.core.apikey.KeySort.By;
import dev.keyway.core.apikey.KeySort.Direction;
import dev.keyway.core.contract.StoreContract;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.Role;
import dev.keyway.core.tenancy.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** In which orders every {@link ApiKeyStore} shows its keys. */
public abstract class ApiKeySortContract extends StoreContract {
  private Account account;

  @BeforeEach
  final void prepare() {
    account = world.account("memo");
  }

  @Test
  void list_byCreation_goesBothWays_andIdsGoWithIt() {
    Instant at = world.now();
    ApiKey lower = world.key(account).id("aaaaaaaaaaaa").createdAt(at).add();
    ApiKey upper = world.key(account).id("ZZZZZZZZZZZZ").createdAt(at).add();
    ApiKey later = world.key(account).id("000000000000").createdAt(at.plusMillis(1)).add();

    assertOrder(By.CREATED_AT, Direction.ASCENDING, upper, lower, later);
    assertOrder(By.CREATED_AT, Direction.DESCENDING, later, lower, upper);
  }

  @Test
  @DisplayName("names are sorted whatever their case; keys without one come last both ways")
  void list_byName_foldsCase_andKeepsNamelessKeysLast() {
    ApiKey none = world.key(account).id("bbbbbbbbbbbb").name(null).add();
    ApiKey alpha = world.key(account).name("alpha").add();
    ApiKey umlaut = world.key(account).name("\u00C4rger").add();
    ApiKey beta = world.key(account).name("Beta").add();
    ApiKey comma = world.key(account).name("a, b").add();
    ApiKey twinA = world.key(account).id("aaaaaaaaaaaa").name("gamma").add();
    ApiKey twinB = world.key(account).id("cccccccccccc").name("GAMMA").add();
    ApiKey noneEither = world.key(account).id("dddddddddddd").name(null).add();

    assertOrder(
        By.NAME, Direction.ASCENDING, comma, alpha, beta, twinA, twinB, umlaut, none, noneEither);
    assertOrder(
        By.NAME, Direction.DESCENDING, umlaut, twinB, twinA, beta, alpha, comma, noneEither, none);
  }

  @Test
  void list_byName_followsARename() {
    ApiKey first = world.key(account).name("a").add();
    ApiKey second = world.key(account).name("b").add();
    stores.apiKeys().describe(first.id(), "C", null, Precondition.NONE, world.event());

    assertOrder(By.NAME, Direction.ASCENDING, second, first);
  }

  @Test
  @DisplayName("keys that never expire come last both ways")
  void list_byExpiry_keepsKeysWithoutOneLast() {
    Instant soon = world.now().plus(Duration.ofHours(1));
    ApiKey never = world.key(account).id("aaaaaaaaaaaa").add();
    ApiKey late = world.key(account).expiresAt(soon.plusMillis(1)).add();
    ApiKey early = world.key(account).expiresAt(soon).add();
    ApiKey neverEither = world.key(account).id("bbbbbbbbbbbb").add();

    assertOrder(By.EXPIRES_AT, Direction.ASCENDING, early, late, never, neverEither);
    assertOrder(By.EXPIRES_AT, Direction.DESCENDING, late, early, neverEither, never);
  }

  @Test
  @DisplayName("keys that were never used come last both ways")
  void list_byLastUse_keepsUnusedKeysLast() {
    ApiKey never = world.key(account).add();
    ApiKey early = world.key(account).add();
    ApiKey late = world.key(account).add();
    Instant at = world.tick();
    stores.usage().used(Map.of(early.id(), at, late.id(), at.plusMillis(1)));

    assertOrder(By.LAST_USED_AT, Direction.ASCENDING, early, late, never);
    assertOrder(By.LAST_USED_AT, Direction.DESCENDING, late, early, never);
  }

  @Test
  void list_onlyKeysWithoutTheValue_areShownInPages() {
    ApiKey one = world.key(account).id("aaaaaaaaaaaa").add();
    ApiKey two = world.key(account).id("bbbbbbbbbbbb").add();
    ApiKey three = world.key(account).id("cccccccccccc").add();

    assertOrder(By.EXPIRES_AT, Direction.ASCENDING, one, two, three);
    assertOrder(By.EXPIRES_AT, Direction.DESCENDING, three, two, one);
  }

  @Test
  void list_ofNoKeys_isEmptyInEveryOrder() {
    for (KeySort sort : KeySort.all()) {
      assertThat(list(sort, 3)).isEmpty();
    }
  }

  @Test
  @DisplayName("a sorted list read while keys are made shows each older key once")
  void list_keysMadeBetweenPages_neitherRepeatsNorMisses() {
    var keys = new ArrayList<ApiKeyId>();
    for (int i = 0; i < 7; i++) {
      String name = i < 4 ? "m" + i : null;
      keys.add(world.key(account).name(name).add().id());
    }
    var byName = new KeySort(By.NAME, Direction.ASCENDING);
    var seen = new ArrayList<ApiKeyId>();
    Cursor after = null;
    do {
      var page = stores.apiKeys().list(everything(), byName, new PageRequest(2, after));
      page.data().forEach(row -> seen.add(row.key().id()));
      world.key(account).name("a").add();
      after = page.next();
    } while (after != null);

    assertThat(seen).containsExactlyElementsOf(keys);
  }

  @Test
  void count_isThatOfAllPages() {
    Account owner = world.account("memo");
    Workspace workspace = world.workspace(owner);
    world.join(workspace, account, Role.MEMBER);
    Instant soon = world.now().plus(Duration.ofHours(1));
    for (int i = 0; i < 5; i++) {
      world.key(account).in(workspace).add();
    }
    world.key(owner).in(workspace).add();
    world.key(account).in(workspace).expiresAt(soon).add();
    world.key(account).add();
    Instant later = world.pass(Duration.ofHours(2));

    assertThat(count(KeyQuery.activeIn(workspace.id(), account.id(), later))).isEqualTo(5);
    assertThat(count(KeyQuery.activeIn(workspace.id(), null, later))).isEqualTo(6);
    assertThat(count(KeyQuery.activeIn(workspace.id(), null, soon.minusMillis(1)))).isEqualTo(7);
    assertThat(count(everything())).isEqualTo(8);
  }

  private int count(KeyQuery query) {
    return stores.apiKeys().count(query);
  }

  /** Asserts the order whatever the size of its pages. */
  private void assertOrder(By by, Direction direction, ApiKey... expected) {
    List<ApiKeyId> ids = List.of(expected).stream().map(ApiKey::id).toList();
    for (int limit = 1; limit <= expected.length + 1; limit++) {
      assertThat(list(new KeySort(by, direction), limit)).as("%d", limit).isEqualTo(ids);
    }
  }

  private List<ApiKeyId> list(KeySort sort, int limit) {
    return pages(page -> stores.apiKeys().list(everything(), sort, page), limit).stream()
        .map(row -> row.key().id())
        .toList();
  }

  private KeyQuery everything() {
    return new KeyQuery(
        new KeyQuery.Visibility.Products(Set.of()),
        null,
        null,
        null,
        null,
        Set.of(),
        Set.of(),
        null,
        null,
        null,
        world.now());
  }
}
