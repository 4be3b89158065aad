package dev.keyway.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.Cursor;
import dev.keyway.core.PageRequest;
import dev.keyway.core.apikey.KeyQuery;
import dev.keyway.core.apikey.KeyQuery.Visibility;
import dev.keyway.core.apikey.KeySort;
import dev.keyway.core.contract.World;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.ResourceId;
import dev.keyway.core.tenancy.Workspace;
import dev.keyway.store.sqlite.SqliteStores;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By which indexes SQLite reads keys, without statistics to go by. */
class KeyPlansTest {
  private static final PageRequest FIRST_PAGE = new PageRequest(50, null);

  @TempDir Path folder;
  private SqliteStores stores;
  private World world;

  @BeforeEach
  void open() {
    stores = new SqliteStores(folder);
    world = new World(stores);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void findForVerification_plan_isFourLookUps() {
    assertThat(plan(KeyRows.FOR_VERIFICATION))
        .hasSize(4)
        .noneMatch(step -> step.startsWith("SCAN k") || step.startsWith("SCAN a"))
        .noneMatch(step -> step.startsWith("SCAN w"))
        .anyMatch(step -> step.startsWith("SEARCH k USING INDEX"));
  }

  @Test
  void list_plans_useAnIndexInItsOrder() {
    Account account = world.account("memo");
    Workspace workspace = world.workspace(account);
    var anybody = new Visibility.Products(Set.of());
    assertThat(plan(query(anybody, null, null))).anyMatch(uses("api_key_list"));
    assertThat(plan(query(new Visibility.Person(account.id(), Set.of()), null, null)))
        .anyMatch(uses("api_key_list_by_account"));
    assertThat(plan(query(anybody, "memo", null))).anyMatch(uses("api_key_list_by_product"));
    assertThat(plan(query(anybody, null, workspace))).anyMatch(uses("api_key_list_by_workspace"));
  }

  @Test
  void list_ofAnOwner_readsTheirKeysAndNotTheProducts() {
    Account account = world.account("memo");
    Workspace workspace = world.workspace(account);
    var owner = new Visibility.Person(account.id(), Set.of(workspace.id()));

    assertThat(stepsOf(query(owner, "memo", null)))
        .anyMatch(uses("api_key_list_by_account"))
        .anyMatch(uses("api_key_list_by_workspace"))
        .noneMatch(uses("api_key_list_by_product"));
  }

  @Test
  void list_ofAPersonInAnotherOrder_sortsTheirKeysAlone() {
    Account account = world.account("memo");
    var person = new Visibility.Person(account.id(), Set.of());
    for (KeySort sort : KeySort.all()) {
      for (String sql : KeyRows.listing(sort).sql(conditions(person), FIRST_PAGE)) {
        assertThat(stepsOf(sql))
            .as(sort.text())
            .anyMatch(uses("api_key_list_by_account"))
            .noneMatch(step -> step.startsWith("SCAN"));
      }
    }
  }

  @Test
  void list_ofAResource_readsItsKeysAlone() {
    var query =
        new KeyQuery(
            new Visibility.Products(Set.of()),
            "memorylake",
            null,
            new ResourceId("res_1"),
            null,
            Set.of(),
            Set.of(),
            null,
            null,
            null,
            world.now());
    String sql =
        KeyRows.listing(KeySort.NEWEST_FIRST).sql(KeyConditions.of(query), FIRST_PAGE).getFirst();
    assertThat(stepsOf(sql))
        .anyMatch(step -> step.contains("(scope_kind=? AND scope_id=?)"))
        .noneMatch(step -> step.startsWith("SCAN"));
  }

  @Test
  void list_ofSeveralProducts_isReadInItsOrder() {
    var operator = new Visibility.Products(Set.of("memo", "meko"));
    assertThat(plan(query(operator, null, null))).anyMatch(uses("api_key_list"));
  }

  private Conditions conditions(Visibility visibility) {
    return KeyConditions.of(
        new KeyQuery(
            visibility, null, null, null, null, Set.of(), Set.of(), null, null, null, world.now()));
  }

  private String query(
      Visibility visibility, @Nullable String product, @Nullable Workspace workspace) {
    var query =
        new KeyQuery(
            visibility,
            product,
            workspace == null ? null : workspace.id(),
            null,
            null,
            Set.of(),
            Set.of(),
            null,
            null,
            null,
            world.now());
    var secondPage = new PageRequest(50, new Cursor(world.now(), "key_000000000000"));
    return KeyRows.listing(KeySort.NEWEST_FIRST)
        .sql(KeyConditions.of(query), secondPage)
        .getFirst();
  }

  private List<String> plan(String sql) {
    List<String> plan = stepsOf(sql);
    assertThat(plan).isNotEmpty().noneMatch(step -> step.contains("TEMP B-TREE"));
    return plan;
  }

  private List<String> stepsOf(String sql) {
    String unnamed = sql.replaceAll(":[a-zA-Z]+", "'x'").replaceAll("<[a-z]+>", "'x', 'y'");
    return stores
        .database()
        .read(handle ->
            handle
                .createQuery("EXPLAIN QUERY PLAN " + unnamed)
                .map((row, _) -> row.getString("detail"))
                .list());
  }

  private static Predicate<String> uses(String index) {
    return step -> step.startsWith("SEARCH k USING INDEX " + index + " ");
  }
}
