package dev.keyway.core.session;

import dev.keyway.core.RefusedException.Conflict;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Right;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.GetAccount;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;

/** Invites a person to choose a password; the operator delivers the link. */
public final class CreateInvitation {
  private final GetAccount getAccount;
  private final InvitationStore invitations;
  private final SecureRandom random;
  private final InstantSource clock;

  public CreateInvitation(
      GetAccount getAccount,
      InvitationStore invitations,
      SecureRandom random,
      InstantSource clock) {
    this.getAccount = getAccount;
    this.invitations = invitations;
    this.random = random;
    this.clock = clock;
  }

  /** A new invitation; the token is for its link and nothing keeps it. */
  public record Created(Invitation invitation, BearerToken token) {}

  public Created execute(Caller caller, AccountId id) {
    Account account = getAccount.find(caller, id, Right.MANAGE);
    Instant now = clock.instant();
    BearerToken token = BearerToken.random(random);
    var invitation = new Invitation(token.digest(), id, now.plus(Invitation.LIFE));
    var event = caller.done("invitation.create", now, SignedIn.subject(account), null);
    if (!invitations.create(invitation, event)) {
      throw Conflict.with("The account is not active; make it active before inviting its person.");
    }
    return new Created(invitation, token);
  }
}
