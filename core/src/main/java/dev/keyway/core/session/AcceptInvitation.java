package dev.keyway.core.session;

import dev.keyway.core.RefusedException.Unauthenticated;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Principal;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Sets a person's first password, or a lost one anew, by an invitation that works once. */
public final class AcceptInvitation {
  private final InvitationStore invitations;
  private final AccountStore accounts;
  private final PasswordHasher hasher;
  private final SignInThrottle throttle;
  private final NewHash newHash;
  private final InstantSource clock;

  public AcceptInvitation(
      InvitationStore invitations,
      AccountStore accounts,
      PasswordStore passwords,
      PasswordHasher hasher,
      SignInThrottle throttle,
      InstantSource clock) {
    this.invitations = invitations;
    this.accounts = accounts;
    this.hasher = hasher;
    this.throttle = throttle;
    this.newHash = new NewHash(passwords, hasher);
    this.clock = clock;
  }

  /** What a person sends who came by an invitation's link. */
  public record Command(String invitation, Password password, String address, String requestId) {
    @Override
    public String toString() {
      return "Command[redacted]";
    }
  }

  /**
   * The account whose password was set. Used, expired, ended and unknown invitations are refused
   * alike, with the work of one hash each.
   */
  public Account execute(Command command) {
    return throttle.guard(command.address(), () -> accept(command)).stream()
        .findFirst()
        .orElseThrow(() ->
            new Unauthenticated(
                "The invitation is not valid: it works once and for 72 hours. Ask for a new one."));
  }

  private List<Account> accept(Command command) {
    Optional<Account> invited = invited(command);
    if (invited.isEmpty()) {
      hasher.hash(command.password(), null);
      return List.of();
    }
    Account account = invited.get();
    command.password().requireFitFor(account.email());
    String hash = newHash.of(command.password(), account);
    Instant now = clock.instant();
    var person = new Principal.Person(account, now);
    var caller = new Caller(person, command.address(), command.requestId());
    var event = caller.done("invitation.accept", now, SignedIn.subject(account), null);
    boolean isAccepted =
        invitations.accept(BearerToken.digest(command.invitation()), now, hash, event);
    return isAccepted ? List.of(account) : List.of();
  }

  private Optional<Account> invited(Command command) {
    Instant now = clock.instant();
    return invitations
        .find(BearerToken.digest(command.invitation()))
        .filter(invitation -> invitation.isOpenAt(now))
        .flatMap(invitation -> accounts.find(invitation.account()))
        .filter(account -> account.status() == Account.Status.ACTIVE);
  }
}
