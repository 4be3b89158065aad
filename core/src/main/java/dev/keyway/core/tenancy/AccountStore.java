package dev.keyway.core.tenancy;

import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.Precondition;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where accounts are kept; the obligations of {@link dev.keyway.core.apikey.ApiKeyStore} hold.
 *
 * <p>A deleted account is found by no call here but {@link #deletionOf}.
 */
public interface AccountStore {

  /**
   * Adds an account.
   *
   * @return which unique value is taken, with nothing written; {@link Created#OK} otherwise
   */
  Created create(Account account, AuditEvent event);

  Optional<Account> find(AccountId id);

  Optional<Account> findByExternalId(String product, String externalId);

  /** Accounts, newest first; an empty set of products means all. */
  Page<Account> list(Set<String> products, @Nullable String externalId, PageRequest page);

  /**
   * Changes what the patch names and leaves the rest as the store has it, whatever the caller read
   * before. A change of status is a change of rights over {@code ACCOUNT}: narrowing when it
   * suspends, which also deactivates the account's keys and ends its sessions, and widening when it
   * ends a suspension. Suspending what is suspended is a change that affects no key.
   *
   * @param event written with it
   * @return what happened
   */
  Updated update(
      AccountId id, Patch patch, Instant at, Precondition precondition, AuditEvent event);

  /**
   * Deletes an account: deactivates its keys, ends its memberships and sessions, deletes the
   * resources it owns. A narrowing change.
   *
   * @throws dev.keyway.core.RefusedException.Conflict when a workspace would be left without an
   *     owner; nothing is written then
   * @return the change that deleted it, even if that was earlier: nothing is written then; empty
   *     when there never was such an account
   */
  Optional<Change> delete(AccountId id, Instant at, Precondition precondition, AuditEvent event);

  /** How an account was deleted; empty when it was not or never existed. */
  Optional<Deletion> deletionOf(AccountId id);

  /**
   * What {@link #update} changes; null leaves a part as it is.
   *
   * @param status never {@link Account.Status#DELETED}, which has its own call
   */
  record Patch(@Nullable String name, @Nullable String email, Account.@Nullable Status status) {
    /** The account with what is named here changed. */
    public Account over(Account account) {
      if (status == Account.Status.DELETED) {
        throw new IllegalArgumentException("an account is deleted by delete");
      }
      return new Account(
          account.id(),
          account.product(),
          email == null ? account.email() : email,
          name == null ? account.name() : name,
          account.externalId(),
          status == null ? account.status() : status,
          account.createdAt(),
          account.version());
    }
  }

  /** The outcome of {@link #create}. */
  enum Created {
    OK,
    EMAIL_TAKEN,
    EXTERNAL_ID_TAKEN
  }

  /**
   * The outcome of {@link #update}.
   *
   * @param account as it is now
   * @param change the change of rights; null when the status stayed
   */
  record Updated(Outcome outcome, @Nullable Account account, @Nullable Change change) {
    /** What came of the call. */
    public enum Outcome {
      OK,
      NOT_FOUND,
      EMAIL_TAKEN
    }
  }
}
