package dev.keyway.core.memory;

import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.KeyQuery;
import dev.keyway.core.apikey.KeyStatus;
import dev.keyway.core.apikey.ListedKey;
import dev.keyway.core.apikey.Scope;
import dev.keyway.core.apikey.ScopeKind;
import dev.keyway.core.tenancy.ResourceId;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says whether a query shows a key, part by part. */
final class KeyFilter {
  private KeyFilter() {}

  static boolean shows(KeyQuery query, ListedKey row) {
    ApiKey key = row.key();
    return isVisible(query.visibility(), key)
        && (query.product() == null || query.product().equals(key.product()))
        && (query.workspace() == null || query.workspace().equals(key.workspace()))
        && opens(query.resource(), key)
        && (query.createdBy() == null || query.createdBy().equals(key.createdBy()))
        && hasStatus(query, key)
        && expiresInTime(query, key)
        && isIdle(query, row)
        && hasText(query, key);
  }

  private static boolean isVisible(KeyQuery.Visibility visibility, ApiKey key) {
    return switch (visibility) {
      case KeyQuery.Visibility.Products products ->
          products.slugs().isEmpty() || products.slugs().contains(key.product());
      case KeyQuery.Visibility.Person person ->
          person.account().equals(key.createdBy())
              || (key.workspace() != null && person.owned().contains(key.workspace()));
      case KeyQuery.Visibility.InScope scope ->
          scope.account().equals(key.createdBy()) && scope.scope().equals(key.scope());
    };
  }

  private static boolean opens(@Nullable ResourceId resource, ApiKey key) {
    return resource == null || key.scope().equals(new Scope(ScopeKind.RESOURCE, resource.text()));
  }

  private static boolean hasStatus(KeyQuery query, ApiKey key) {
    KeyStatus status = key.statusAt(query.now());
    boolean ended = status == KeyStatus.REVOKED || status == KeyStatus.DEACTIVATED;
    return (query.statuses().isEmpty() || query.statuses().contains(status))
        && !(ended && query.withoutEnded().contains(key.product()));
  }

  private static boolean expiresInTime(KeyQuery query, ApiKey key) {
    Instant limit = query.expiresBefore();
    Instant expiresAt = key.expiresAt();
    return limit == null
        || (expiresAt != null
            && expiresAt.isBefore(limit)
            && key.statusAt(query.now()) == KeyStatus.ACTIVE);
  }

  private static boolean isIdle(KeyQuery query, ListedKey row) {
    Instant since = query.idleSince();
    Instant lastUse = row.lastUsedAt();
    Instant latest = lastUse == null ? row.key().createdAt() : lastUse;
    return since == null || latest.isBefore(since);
  }

  private static boolean hasText(KeyQuery query, ApiKey key) {
    String text = query.text();
    return text == null
        || Stream.of(key.name(), key.description(), key.id().characters())
            .anyMatch(part -> part != null && fold(part).contains(fold(text)));
  }

  private static String fold(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
