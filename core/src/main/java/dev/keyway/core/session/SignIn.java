package dev.keyway.core.session;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.RefusedException.Unauthenticated;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Principal;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Signs a person in by e-mail and password. */
public final class SignIn {
  private final PasswordStore passwords;
  private final SessionStore sessions;
  private final PasswordCheck check;
  private final SecureRandom random;
  private final InstantSource clock;

  public SignIn(
      PasswordStore passwords,
      SessionStore sessions,
      PasswordCheck check,
      SecureRandom random,
      InstantSource clock) {
    this.passwords = passwords;
    this.sessions = sessions;
    this.check = check;
    this.random = random;
    this.clock = clock;
  }

  /**
   * Who wants to sign in.
   *
   * @param product needed only where the e-mail and password fit several products
   */
  public record Command(
      String email,
      Password password,
      @Nullable String product,
      String address,
      String requestId) {}

  /** Signs in, with the same answer for an unknown e-mail as for a wrong password. */
  public SignedIn execute(Command command) {
    List<PasswordStore.Holder> fitting =
        check.fitting(
            command.password(), command.email(), command.address(), () -> holders(command));
    if (fitting.isEmpty()) {
      throw refused();
    }
    if (fitting.size() > 1) {
      String products =
          fitting.stream()
              .map(holder -> holder.account().product())
              .collect(Collectors.joining(", "));
      throw Invalid.request("Name the 'product' to sign in to: " + products + ".");
    }
    return begin(fitting.getFirst(), command);
  }

  private List<PasswordStore.Holder> holders(Command command) {
    String product = command.product();
    return passwords.findByEmail(command.email()).stream()
        .filter(PasswordStore.Holder::isActive)
        .filter(holder -> product == null || holder.account().product().equals(product))
        .toList();
  }

  private SignedIn begin(PasswordStore.Holder holder, Command command) {
    Instant now = clock.instant();
    SignedIn signedIn = SignedIn.anew(holder.account(), random, now);
    var person = new Principal.Person(holder.account(), now);
    var caller = new Caller(person, command.address(), command.requestId());
    var event = caller.done("session.create", now, SignedIn.subject(holder.account()), null);
    if (!sessions.create(signedIn.session(), holder.hash(), event)) {
      // Suspended, or given another password, between the comparison and now.
      throw refused();
    }
    return signedIn;
  }

  private static Unauthenticated refused() {
    return new Unauthenticated(
        "The e-mail or the password is wrong. Name the 'product' if the e-mail is known in"
            + " several.");
  }
}
