package dev.keyway.core.memory;

import dev.keyway.core.Cursor;
import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.audit.Actor;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.audit.AuditLog;
import dev.keyway.core.audit.AuditQuery;
import dev.keyway.core.audit.ListedEvent;
import dev.keyway.core.operator.OperatorKey;
import dev.keyway.core.operator.OperatorKeyId;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.WorkspaceId;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class InMemoryAuditLog implements AuditLog {
  private final Memory memory;

  InMemoryAuditLog(Memory memory) {
    this.memory = memory;
  }

  @Override
  public void append(AuditEvent event) {
    synchronized (memory) {
      memory.trail.add(event);
    }
  }

  @Override
  public Page<ListedEvent> list(AuditQuery query, PageRequest page) {
    synchronized (memory) {
      Stream<AuditEvent> rows = memory.trail.stream().filter(event -> shows(query, event));
      return Memory.page(rows, event -> new Cursor(event.at(), event.id()), page)
          .map(event -> new ListedEvent(event, name(event.actor())));
    }
  }

  private @Nullable String name(Actor actor) {
    return switch (actor.kind()) {
      case ACCOUNT -> {
        Account account = memory.accounts.get(new AccountId(actor.id()));
        yield account == null ? null : account.name();
      }
      case OPERATOR -> {
        OperatorKey key = memory.operatorKeys.get(new OperatorKeyId(actor.id()));
        yield key == null ? null : key.name();
      }
      case KEY, SYSTEM -> null;
    };
  }

  private boolean shows(AuditQuery query, AuditEvent event) {
    AuditEvent.Subject subject = event.subject();
    return isVisible(query.visibility(), subject)
        && narrows(query.product(), subject.product())
        && narrows(query.key(), subject.key())
        && narrows(query.account(), subject.account())
        && narrows(query.workspace(), subject.workspace())
        && narrows(query.action(), event.action())
        && (query.from() == null || !event.at().isBefore(query.from()))
        && (query.to() == null || event.at().isBefore(query.to()));
  }

  private boolean isVisible(AuditQuery.Visibility visibility, AuditEvent.Subject subject) {
    return switch (visibility) {
      case AuditQuery.Visibility.Products products ->
          products.slugs().isEmpty()
              || (subject.product() != null && products.slugs().contains(subject.product()));
      case AuditQuery.Visibility.Person person ->
          isKeyOf(person.account(), subject.key())
              || (subject.workspace() != null
                  && person.owned().contains(new WorkspaceId(subject.workspace())));
    };
  }

  private boolean isKeyOf(AccountId account, @Nullable String key) {
    Optional<ApiKeyId> id = key == null ? Optional.empty() : ApiKeyId.parse(key);
    ApiKey found = id.map(memory.keys::get).orElse(null);
    return found != null && found.createdBy().equals(account);
  }

  private static boolean narrows(@Nullable String wanted, @Nullable String found) {
    return wanted == null || wanted.equals(found);
  }
}
