package dev.keyway.store.sql;

import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.audit.AuditLog;
import dev.keyway.core.audit.AuditQuery;
import dev.keyway.core.audit.AuditQuery.Visibility;
import dev.keyway.core.audit.ListedEvent;
import dev.keyway.core.tenancy.WorkspaceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The trail in SQL. */
public final class SqlAuditLog implements AuditLog {
  private final Transactions transactions;

  public SqlAuditLog(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void append(AuditEvent event) {
    transactions.run(handle -> AuditRows.insert(handle, event));
  }

  @Override
  public Page<ListedEvent> list(AuditQuery query, PageRequest page) {
    Conditions conditions = conditions(query);
    return transactions.read(handle -> AuditRows.LISTING.page(handle, conditions, page));
  }

  static Conditions conditions(AuditQuery query) {
    var conditions = new Conditions();
    see(conditions, query.visibility());
    String product = query.product();
    if (product != null) {
      String column = isNarrow(query) ? Conditions.aside("e.product") : "e.product";
      conditions.and(column + " = :product", "product", product);
    }
    equal(conditions, "key_id", query.key());
    equal(conditions, "account_id", query.account());
    equal(conditions, "workspace_id", query.workspace());
    equal(conditions, "action", query.action());
    Instant from = query.from();
    if (from != null) {
      conditions.and("e.at >= :from", "from", from.toEpochMilli());
    }
    Instant to = query.to();
    if (to != null) {
      conditions.and("e.at < :to", "to", to.toEpochMilli());
    }
    return conditions;
  }

  private static boolean isNarrow(AuditQuery query) {
    return query.visibility() instanceof Visibility.Person
        || query.key() != null
        || query.account() != null
        || query.workspace() != null;
  }

  private static void see(Conditions conditions, Visibility visibility) {
    switch (visibility) {
      case Visibility.Products(var slugs) -> conditions.inUnlessEmpty("e.product", "slugs", slugs);
      case Visibility.Person(var account, var owned) -> {
        String own = "e.key_id IN (SELECT id FROM api_key WHERE created_by = :person)";
        conditions.with("person", account.text());
        if (owned.isEmpty()) {
          conditions.and(own);
        } else {
          conditions
              .and("(" + own + " OR e.workspace_id IN (<owned>))")
              .withList("owned", owned.stream().map(WorkspaceId::text).toList());
        }
      }
    }
  }

  private static void equal(Conditions conditions, String column, @Nullable String value) {
    if (value != null) {
      conditions.and("e." + column + " = :" + column, column, value);
    }
  }
}
