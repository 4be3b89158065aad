package dev.keyway.core.session;

import dev.keyway.core.RefusedException.Unauthenticated;
import dev.keyway.core.tenancy.Account;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Holds a password against those of accounts: throttled, and with the work of exactly one hash
 * whether there is an account or not, has a password or not, and is one of several.
 */
public final class PasswordCheck {
  private final PasswordHasher hasher;
  private final SignInThrottle throttle;

  public PasswordCheck(PasswordHasher hasher, SignInThrottle throttle) {
    this.hasher = hasher;
    this.throttle = throttle;
  }

  /**
   * The holders whose password it is.
   *
   * @param holders looks up whose it may be. Their hashes share one salt where that could be
   *     arranged when they were made; those that do not share the first one's are left out
   */
  List<PasswordStore.Holder> fitting(
      Password password,
      String email,
      String address,
      Supplier<List<PasswordStore.Holder>> holders) {
    return throttle.guard(
        email,
        address,
        () -> {
          List<PasswordStore.Holder> candidates = holders.get();
          String model =
              candidates.stream()
                  .map(PasswordStore.Holder::hash)
                  .filter(Objects::nonNull)
                  .findFirst()
                  .orElse(null);
          var comparison = hasher.compare(password, model);
          return candidates.stream().filter(holder -> comparison.fits(holder.hash())).toList();
        });
  }

  /** The hash that a signed-in person's password fits; refused when it is the wrong one. */
  String require(Password password, Account account, String address, PasswordStore passwords) {
    var fitting =
        fitting(
            password,
            account.email(),
            address,
            () -> List.of(new PasswordStore.Holder(account, passwords.hash(account.id()))));
    if (fitting.isEmpty()) {
      throw new Unauthenticated("The password is wrong.");
    }
    return Objects.requireNonNull(fitting.getFirst().hash());
  }

  /** Hashes a new password for somebody whose old one was right. */
  <T> T hashing(String address, Supplier<T> work) {
    return throttle.hashing(address, work);
  }
}
