package dev.keyway.core.apikey;

import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.Precondition;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.WorkspaceId;
import dev.keyway.core.verify.VerifiableKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where keys are kept.
 *
 * <p>An implementation:
 *
 * <ol>
 *   <li>must make each call one transaction that includes the audit event: both or neither;
 *   <li>must compare ids by case, and keep times to the millisecond;
 *   <li>must give each narrowing change the next sequence number, with no gap, in the order of
 *       commits, and must write its entities in the same transaction;
 *   <li>must never return a key from REVOKED or DEACTIVATED to another state;
 *   <li>must show a change to every read that begins after the changing call returned;
 *   <li>must throw {@link dev.keyway.core.UnavailableException} when it cannot answer, and must not
 *       answer "none" instead.
 * </ol>
 */
public interface ApiKeyStore {

  /**
   * Adds a key.
   *
   * @param maxActive places for active keys in the key's scope; null for no limit. The store must
   *     hold the limit under any concurrency (MEKO-5), after freeing the places of keys that have
   *     expired at {@code key.createdAt()}
   * @return false, and nothing written, when all places are taken
   * @throws dev.keyway.core.RefusedException.Conflict when the creator is not active in the
   *     transaction that adds the key: what suspends or deletes an account would miss such a key
   */
  boolean create(ApiKey key, @Nullable Integer maxActive, AuditEvent event);

  /** One key with its last use. */
  Optional<ListedKey> find(ApiKeyId id);

  /** Those of the keys that there are, each with its last use, in no order. */
  List<ListedKey> findAll(Set<ApiKeyId> ids);

  /**
   * All that a decision about the key needs, read in one snapshot together with the head of the
   * change sequence.
   */
  Optional<VerifiableKey> findForVerification(ApiKeyId id);

  /** Keys, newest first. */
  default Page<ListedKey> list(KeyQuery query, PageRequest page) {
    return list(query, KeySort.NEWEST_FIRST, page);
  }

  /**
   * Keys in an order. Keys without the value they are ordered by must come last, both ways.
   *
   * @param page its cursor is of this order
   */
  Page<ListedKey> list(KeyQuery query, KeySort sort, PageRequest page);

  /** How many keys a list would show on all of its pages together. */
  int count(KeyQuery query);

  /**
   * Changes name and description; null leaves one as it is.
   *
   * @return the key as it is now; empty when there is none
   * @throws dev.keyway.core.RefusedException.PreconditionFailed when the version is another
   */
  Optional<ApiKey> describe(
      ApiKeyId id,
      @Nullable String name,
      @Nullable String description,
      Precondition precondition,
      AuditEvent event);

  /**
   * Moves the expiry to an earlier instant: a narrowing change, even if that is the expiry already,
   * so that a repetition can be confirmed. Name and description are changed with it, so that one
   * PATCH is one transaction; null leaves one as it is.
   *
   * @return empty when there is no such key
   */
  Optional<Change> expireEarlier(
      ApiKeyId id,
      @Nullable String name,
      @Nullable String description,
      Instant expiresAt,
      Precondition precondition,
      AuditEvent event);

  /**
   * Revokes a key: a narrowing change. Of a key already revoked it returns the change that did it,
   * and writes nothing.
   *
   * @return empty when there is no such key
   */
  Optional<Change> revoke(ApiKeyId id, Instant at, Precondition precondition, AuditEvent event);

  /** The change that revoked a key; empty when there is no such key or it is not revoked. */
  Optional<Change> revocationOf(ApiKeyId id);

  /**
   * Revokes every key of the selection that is not revoked yet, as one change. It names those that
   * were revoked before too, so that confirming a repetition confirms them.
   */
  Change revokeAll(Selection selection, Instant at, AuditEvent event);

  /**
   * Which keys a bulk revoke takes; the parts that are not null must all hold.
   *
   * @param createdByKey keys made by this key
   */
  record Selection(
      String product,
      @Nullable WorkspaceId workspace,
      @Nullable AccountId account,
      @Nullable ApiKeyId createdByKey) {}
}
