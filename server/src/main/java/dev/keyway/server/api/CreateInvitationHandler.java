package dev.keyway.server.api;

import dev.keyway.core.session.CreateInvitation;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.server.http.JsonObject;
import java.util.function.Supplier;

/**
 * {@code POST /v1/accounts/{account}/invitations}: makes a link by which a person chooses a
 * password.
 */
final class CreateInvitationHandler implements Operation {
  /** The portal's page. What follows {@code #} is never sent, so that no server's log holds it. */
  private static final String PAGE = "/invitation#";

  private final CreateInvitation createInvitation;
  private final Supplier<String> controlUrl;

  CreateInvitationHandler(CreateInvitation createInvitation, Supplier<String> controlUrl) {
    this.createInvitation = createInvitation;
    this.controlUrl = controlUrl;
  }

  @Override
  public Answer answer(Call call) {
    call.requireNoFields();
    var created = createInvitation.execute(call.caller(), new AccountId(call.parameter("account")));
    return Answer.created(
        new JsonObject()
            .put("url", controlUrl.get() + PAGE + created.token().reveal())
            .put("expires_at", created.invitation().expiresAt()));
  }
}
