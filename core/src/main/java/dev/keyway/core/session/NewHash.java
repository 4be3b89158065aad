package dev.keyway.core.session;

import dev.keyway.core.tenancy.Account;
import java.util.Objects;

/** Hashes a password that an account is to have. */
final class NewHash {
  private final PasswordStore passwords;
  private final PasswordHasher hasher;

  NewHash(PasswordStore passwords, PasswordHasher hasher) {
    this.passwords = passwords;
    this.hasher = hasher;
  }

  /**
   * The hash, with the salt of the same e-mail's accounts in other products: only so can a sign-in
   * that names no product be held against all of them by one comparison.
   */
  String of(Password password, Account account) {
    String sibling =
        passwords.findByEmail(account.email()).stream()
            .filter(holder -> !holder.account().id().equals(account.id()))
            .map(PasswordStore.Holder::hash)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    return hasher.hash(password, sibling);
  }
}
