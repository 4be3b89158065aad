package dev.keyway.core.session;

import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the hashes of people's passwords are kept; the obligations of {@link
 * dev.keyway.core.apikey.ApiKeyStore} hold.
 *
 * <ol>
 *   <li>Whatever sets a hash must end the account's sessions and its invitations with it.
 *   <li>A deleted account must be found by no call here and must have no hash.
 * </ol>
 */
public interface PasswordStore {

  /**
   * The accounts with this e-mail, whatever its case: at most one in each product, the oldest
   * first. One look-up, however many there are.
   */
  List<Holder> findByEmail(String email);

  /** The account's hash, in the hash's own text form; null when the account has none. */
  @Nullable String hash(AccountId id);

  /** Sets the hash. */
  void set(AccountId id, String hash, AuditEvent event);

  /**
   * Changes the hash and puts another session in the place of the one in which that was asked for.
   *
   * @param from the hash as it was compared
   * @return false, and nothing written, when that hash is no longer the account's, the account is
   *     not active or the session has ended
   */
  boolean change(String from, String to, Session current, Session next, AuditEvent event);

  /**
   * An account and the hash of its password.
   *
   * @param hash null when it has no password
   */
  record Holder(Account account, @Nullable String hash) {
    /** Whether this person may sign in. */
    boolean isActive() {
      return account.status() == Account.Status.ACTIVE;
    }

    @Override
    public String toString() {
      return "Holder[" + account.id() + "]";
    }
  }
}
