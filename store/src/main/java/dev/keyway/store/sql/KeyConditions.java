package dev.keyway.store.sql;

import dev.keyway.core.Texts;
import dev.keyway.core.apikey.ApiKeyStore.Selection;
import dev.keyway.core.apikey.KeyQuery;
import dev.keyway.core.apikey.KeyQuery.Visibility;
import dev.keyway.core.apikey.KeyStatus;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.WorkspaceId;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns queries and selections of keys into conditions on {@code api_key k}. */
final class KeyConditions {
  private KeyConditions() {}

  /** The conditions of a list, which also reads {@code key_usage u}. */
  static Conditions of(KeyQuery query) {
    var conditions = new Conditions();
    see(conditions, query.visibility());
    String product = query.product();
    if (product != null) {
      String column = isNarrow(query) ? Conditions.aside("k.product") : "k.product";
      conditions.and(column + " = :product", "product", product);
    }
    if (query.workspace() != null) {
      conditions.and("k.workspace_id = :workspace", "workspace", query.workspace().text());
    }
    if (query.resource() != null) {
      conditions
          .and("k.scope_kind = 'resource'")
          .and("k.scope_id = :resource", "resource", query.resource().text());
    }
    if (query.createdBy() != null) {
      conditions.and("k.created_by = :createdBy", "createdBy", query.createdBy().text());
    }
    beInState(conditions, query);
    beUsedLittle(conditions, query.idleSince());
    contain(conditions, query.text());
    return conditions;
  }

  /** The keys of a bulk revoke. */
  static Conditions of(Selection selection) {
    var conditions =
        new Conditions()
            .and(Conditions.aside("k.product") + " = :product", "product", selection.product());
    WorkspaceId workspace = selection.workspace();
    if (workspace != null) {
      conditions.and("k.workspace_id = :workspace", "workspace", workspace.text());
    }
    AccountId account = selection.account();
    if (account != null) {
      conditions.and("k.created_by = :account", "account", account.text());
    }
    if (selection.createdByKey() != null) {
      conditions.and("k.created_by_key = :maker", "maker", selection.createdByKey().toString());
    }
    return conditions;
  }

  private static boolean isNarrow(KeyQuery query) {
    return !(query.visibility() instanceof Visibility.Products)
        || query.workspace() != null
        || query.resource() != null
        || query.createdBy() != null;
  }

  private static void see(Conditions conditions, Visibility visibility) {
    switch (visibility) {
      case Visibility.Products(var slugs) -> conditions.inUnlessEmpty("k.product", "slugs", slugs);
      case Visibility.Person(var account, var owned) -> {
        conditions.with("person", account.text());
        if (owned.isEmpty()) {
          conditions.and("k.created_by = :person");
        } else {
          conditions
              .and("(k.created_by = :person OR k.workspace_id IN (<owned>))")
              .withList("owned", owned.stream().map(WorkspaceId::text).toList());
        }
      }
      case Visibility.InScope(var account, var scope) ->
          conditions
              .and("k.created_by = :holder", "holder", account.text())
              .and("k.scope_kind = :scopeKind", "scopeKind", scope.kind().text())
              .and("k.scope_id = :scope", "scope", scope.id());
    }
  }

  private static void beInState(Conditions conditions, KeyQuery query) {
    Instant expiresBefore = query.expiresBefore();
    if (expiresBefore != null) {
      conditions
          .and(status(KeyStatus.ACTIVE))
          .and("k.expires_at < :expiresBefore", "expiresBefore", expiresBefore.toEpochMilli());
    }
    if (!query.statuses().isEmpty()) {
      conditions.and(
          query.statuses().stream()
              .sorted()
              .map(KeyConditions::status)
              .collect(Collectors.joining(" OR ", "(", ")")));
    } else if (!query.withoutEnded().isEmpty()) {
      conditions
          .and(
              "(k.product NOT IN (<withoutEnded>)"
                  + " OR (k.revoked_at IS NULL AND k.deactivated_at IS NULL))")
          .withList("withoutEnded", query.withoutEnded());
    }
    if (conditions.sql().contains(":now")) {
      conditions.with("now", query.now().toEpochMilli());
    }
  }

  /** The precedence of {@link KeyStatus}, so that each key fulfils exactly one. */
  private static String status(KeyStatus status) {
    String living = "k.revoked_at IS NULL AND k.deactivated_at IS NULL";
    return switch (status) {
      case REVOKED -> "k.revoked_at IS NOT NULL";
      case DEACTIVATED -> "(k.revoked_at IS NULL AND k.deactivated_at IS NOT NULL)";
      case EXPIRED -> "(" + living + " AND k.expires_at <= :now)";
      case ACTIVE -> "(" + living + " AND (k.expires_at IS NULL OR k.expires_at > :now))";
    };
  }

  private static void beUsedLittle(Conditions conditions, @Nullable Instant idleSince) {
    if (idleSince != null) {
      conditions.and(
          "COALESCE(u.last_used_at, k.created_at) < :idleSince",
          "idleSince",
          idleSince.toEpochMilli());
    }
  }

  private static void contain(Conditions conditions, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      String escaped = Texts.folded(text).replace("!", "!!").replace("%", "!%").replace("_", "!_");
      conditions.and("k.search_text LIKE :text ESCAPE '!'", "text", "%" + escaped + "%");
    }
  }
}
