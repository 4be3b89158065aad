package dev.keyway.core.memory;

import dev.keyway.core.Cursor;
import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.KeyStatus;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Change.Direction;
import dev.keyway.core.change.Entity;
import dev.keyway.core.idempotency.IdempotencyStore;
import dev.keyway.core.limit.CountedSubject;
import dev.keyway.core.limit.WindowStore;
import dev.keyway.core.operator.OperatorKey;
import dev.keyway.core.operator.OperatorKeyId;
import dev.keyway.core.session.Invitation;
import dev.keyway.core.session.Session;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.Deletion;
import dev.keyway.core.tenancy.Resource;
import dev.keyway.core.tenancy.ResourceId;
import dev.keyway.core.tenancy.Role;
import dev.keyway.core.tenancy.Workspace;
import dev.keyway.core.tenancy.WorkspaceId;
import dev.keyway.core.usage.UsageStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is held. Whoever touches it holds its lock. */
final class Memory {
  private static final Comparator<Cursor> NEWEST_FIRST =
      Comparator.comparingLong((Cursor cursor) -> cursor.at().toEpochMilli())
          .thenComparing(Cursor::id)
          .reversed();

  final Map<ApiKeyId, ApiKey> keys = new HashMap<>();
  final Map<ApiKeyId, Instant> lastUses = new HashMap<>();
  final List<UsageStore.HourUse> hourUses = new ArrayList<>();
  final Map<InMemoryUsage.Client, UsageStore.ClientUse> clients = new HashMap<>();
  final List<UsageStore.RefusalCount> refusals = new ArrayList<>();
  final Map<ApiKeyId, Long> revokedBy = new HashMap<>();
  final Map<AccountId, Account> accounts = new HashMap<>();
  final Map<AccountId, String> passwordHashes = new HashMap<>();
  final Map<WorkspaceId, Workspace> workspaces = new HashMap<>();
  final Map<WorkspaceId, LinkedHashMap<AccountId, Joined>> members = new HashMap<>();
  final Map<ResourceId, Resource> resources = new HashMap<>();
  final Map<OperatorKeyId, OperatorKey> operatorKeys = new HashMap<>();
  final Map<OperatorKeyId, Long> operatorKeysRevokedBy = new HashMap<>();
  final Map<String, Session> sessions = new HashMap<>();
  final Map<String, Invitation> invitations = new HashMap<>();
  final Map<IdempotentCall, Begun> idempotentCalls = new HashMap<>();
  final Map<String, String> prefixes = new TreeMap<>();
  final Map<String, byte[]> secrets = new HashMap<>();
  final Map<String, InMemorySigningKeys.Published> signingKeys = new TreeMap<>();
  final Map<String, Deletion> deletions = new HashMap<>();
  final List<AuditEvent> trail = new ArrayList<>();
  final List<Change> changes = new ArrayList<>();
  final List<WindowStore.Admissions> admissions = new ArrayList<>();
  final Map<CountedSubject, WindowStore.QuotaUse> quotas = new HashMap<>();
  final List<Long> limitGaps = new ArrayList<>();
  boolean isLimitRunOpen;
  long epochAtZero;

  record Joined(Role role, Instant at) {}

  record IdempotentCall(String caller, String key) {}

  record Begun(IdempotencyStore.Earlier call, Instant at) {}

  /** Writes the next change and its audit row. */
  Change commit(
      Direction direction,
      Instant at,
      int keysAffected,
      Collection<Entity> entities,
      AuditEvent event) {
    var change =
        new Change(
            changes.size() + 1L,
            changes.size() + 1L,
            direction,
            at,
            null,
            keysAffected,
            List.copyOf(entities));
    changes.add(change);
    trail.add(event);
    return change;
  }

  Change change(long seq) {
    return changes.get((int) seq - 1);
  }

  /** Notes that something was deleted by a change. */
  Optional<Change> deleted(String id, String product, Change change) {
    deletions.put(id, new Deletion(product, change));
    return Optional.of(change);
  }

  /** How something was deleted; the change as it is now. */
  Optional<Deletion> deletionOf(String id) {
    return Optional.ofNullable(deletions.get(id))
        .map(deletion -> new Deletion(deletion.product(), change(deletion.change().seq())));
  }

  /** Deactivates the keys that are neither revoked nor deactivated; answers how they were. */
  List<ApiKey> deactivate(Predicate<ApiKey> which, Instant at) {
    List<ApiKey> concerned =
        keys.values().stream()
            .filter(key -> key.revokedAt() == null && key.deactivatedAt() == null)
            .filter(which)
            .toList();
    concerned.forEach(key -> keys.put(key.id(), ChangedKey.deactivated(key, at)));
    return concerned;
  }

  int countActive(Predicate<ApiKey> which, Instant at) {
    return countActive(keys.values().stream().filter(which).toList(), at);
  }

  static int countActive(Collection<ApiKey> keys, Instant at) {
    return (int) keys.stream().filter(key -> key.statusAt(at) == KeyStatus.ACTIVE).count();
  }

  boolean isActive(AccountId id) {
    Account account = accounts.get(id);
    return account != null && account.status() == Account.Status.ACTIVE;
  }

  boolean isCurrent(AccountId id, @Nullable String passwordHash) {
    return isActive(id) && Objects.equals(passwordHashes.get(id), passwordHash);
  }

  /** Ends all by which somebody acts as the account or may come to. */
  void endSignIns(AccountId id) {
    sessions.values().removeIf(session -> session.account().equals(id));
    endInvitations(id);
  }

  void endInvitations(AccountId id) {
    invitations.values().removeIf(invitation -> invitation.account().equals(id));
  }

  static Entity entity(ApiKey key) {
    return new Entity(Entity.Kind.KEY, key.id().toString());
  }

  static Entity entity(Resource resource) {
    return new Entity(Entity.Kind.RESOURCE, resource.id().text());
  }

  /** One page, newest first. */
  static <T> Page<T> page(Stream<T> rows, Function<T, Cursor> cursor, PageRequest page) {
    return page(rows, cursor, NEWEST_FIRST, page);
  }

  /** One page in an order. */
  static <T> Page<T> page(
      Stream<T> rows, Function<T, Cursor> cursor, Comparator<Cursor> order, PageRequest page) {
    Cursor after = page.after();
    List<T> wanted =
        rows.filter(row -> after == null || order.compare(cursor.apply(row), after) > 0)
            .sorted(Comparator.comparing(cursor, order))
            .limit(page.limit() + 1L)
            .toList();
    return Page.of(wanted, page.limit(), cursor);
  }
}
