package dev.keyway.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.Cursor;
import dev.keyway.core.PageRequest;
import dev.keyway.core.apikey.KeyQuery;
import dev.keyway.core.apikey.KeyQuery.Visibility;
import dev.keyway.core.apikey.KeySort;
import dev.keyway.core.contract.World;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.Workspace;
import dev.keyway.store.postgres.PostgresStores;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * That each statement has an index to go by in PostgreSQL. What it costs to do without is put so
 * high that a table is read from end to end only where there is no other way: the tables here are
 * empty, and PostgreSQL would rightly read them so.
 */
class PostgresKeyPlansTest {
  private PostgresStores stores;
  private World world;

  @BeforeEach
  void open() {
    stores = PostgresStores.open();
    world = new World(stores);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void findForVerification_plan_isLookUps() {
    assertThat(plan(KeyRows.FOR_VERIFICATION))
        .contains("using api_key_pkey", "using account_pkey", "using workspace_pkey")
        .doesNotContain("Seq Scan on api_key", "Seq Scan on account", "Seq Scan on workspace");
  }

  @Test
  void list_plans_useAnIndexInItsOrder() {
    Account account = world.account("memo");
    Workspace workspace = world.workspace(account);
    var anybody = new Visibility.Products(Set.of());
    assertThat(list(anybody, null, null)).contains("using api_key_list on").doesNotContain("Sort");
    assertThat(list(new Visibility.Person(account.id(), Set.of()), null, null))
        .contains("using api_key_list_by_account on")
        .doesNotContain("Sort");
    assertThat(list(anybody, "memo", null))
        .contains("using api_key_list_by_product on")
        .doesNotContain("Sort");
    assertThat(list(anybody, null, workspace))
        .contains("using api_key_list_by_workspace on")
        .doesNotContain("Sort");
  }

  @Test
  void limits_plans_areLookUps() {
    assertThat(plan(SqlWindowStore.READ)).contains("limit_window_by_subject");
    assertThat(plan(SqlQuotas.FIND)).contains("limit_quota_pkey");
  }

  private String list(
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
    return plan(
        KeyRows.listing(KeySort.NEWEST_FIRST).sql(KeyConditions.of(query), secondPage).getFirst());
  }

  private String plan(String sql) {
    String unnamed =
        sql.replaceAll(":(now|rows|after|afterValue|at)\\b", "7").replaceAll(":[a-zA-Z]+", "'x'");
    return stores
        .database()
        .write(handle -> {
          handle.execute("SET LOCAL enable_seqscan = off");
          handle.execute("SET LOCAL enable_bitmapscan = off");
          handle.execute("SET LOCAL enable_sort = off");
          return String.join(
              "\n", handle.createQuery("EXPLAIN " + unnamed).mapTo(String.class).list());
        });
  }
}
