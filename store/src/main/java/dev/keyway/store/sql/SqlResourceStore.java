package dev.keyway.store.sql;

import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Change.Direction;
import dev.keyway.core.change.Entity;
import dev.keyway.core.tenancy.Deletion;
import dev.keyway.core.tenancy.Resource;
import dev.keyway.core.tenancy.ResourceId;
import dev.keyway.core.tenancy.ResourceStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Resources in SQL. */
public final class SqlResourceStore implements ResourceStore {
  private final Transactions transactions;

  public SqlResourceStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void create(Resource resource, AuditEvent event) {
    transactions.run(handle -> {
      ResourceRows.insert(handle, resource);
      AuditRows.insert(handle, event);
    });
  }

  @Override
  public Optional<Resource> find(ResourceId id) {
    Conditions conditions = living().and("r.id = :id", "id", id.text());
    return transactions.read(handle ->
        ResourceRows.LISTING.page(handle, conditions, PageRequest.first()).data().stream()
            .findFirst());
  }

  @Override
  public Page<Resource> list(Set<String> products, Visibility visibility, PageRequest page) {
    Conditions conditions = living();
    switch (visibility) {
      case Visibility.All() -> conditions.inUnlessEmpty("r.product", "products", products);
      case Visibility.Of(var account) ->
          conditions
              .inUnlessEmpty(Conditions.aside("r.product"), "products", products)
              .and(
                  """
                  (r.account_id = :account OR r.workspace_id IN
                    (SELECT m.workspace_id FROM membership m
                      WHERE m.account_id = :account AND m.left_at IS NULL))
                  """,
                  "account",
                  account.text());
    }
    return transactions.read(handle -> ResourceRows.LISTING.page(handle, conditions, page));
  }

  @Override
  public Optional<Change> delete(ResourceId id, Instant at, AuditEvent event) {
    return transactions.write(handle -> {
      if (ResourceRows.living(handle, only(id)).isEmpty()) {
        return Deletions.OF_RESOURCE.find(handle, id.text()).map(Deletion::change);
      }
      AuditRows.insert(handle, event);
      return Optional.of(delete(handle, id, at));
    });
  }

  /** Deletes a living resource. */
  static Change delete(Handle handle, ResourceId id, Instant at) {
    List<Entity> living = ResourceRows.living(handle, only(id));
    Change change =
        Changes.write(handle, Direction.NARROWS, at, deactivateKeys(handle, id, at), living);
    ResourceRows.delete(handle, only(id), change);
    return change;
  }

  private static Conditions only(ResourceId id) {
    return new Conditions().and("r.id = :id", "id", id.text());
  }

  @Override
  public Optional<Deletion> deletionOf(ResourceId id) {
    return transactions.read(handle -> Deletions.OF_RESOURCE.find(handle, id.text()));
  }

  private static int deactivateKeys(Handle handle, ResourceId id, Instant at) {
    var keys =
        new Conditions()
            .and("k.scope_kind = 'resource'")
            .and("k.scope_id = :resource", "resource", id.text());
    return KeyEnds.deactivate(handle, keys, at).active();
  }

  private static Conditions living() {
    return new Conditions().and("r.deleted_at IS NULL");
  }
}
