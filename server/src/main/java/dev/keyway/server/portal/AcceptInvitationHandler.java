package dev.keyway.server.portal;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.session.AcceptInvitation;
import dev.keyway.core.session.Password;
import dev.keyway.core.tenancy.Account;
import dev.keyway.server.http.Handler;
import dev.keyway.server.http.JsonObject;
import dev.keyway.server.http.Request;
import dev.keyway.server.http.Response;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/me/password} with an invitation: sets the password of a person who cannot sign in
 * yet. A cookie that comes along is not looked at.
 */
public final class AcceptInvitationHandler implements Handler {
  private final AcceptInvitation acceptInvitation;
  private final Function<Account, JsonObject> accountJson;
  private final Supplier<String> controlUrl;

  /** The handler; {@code accountJson} writes the account as the API shows it. */
  public AcceptInvitationHandler(
      AcceptInvitation acceptInvitation,
      Function<Account, JsonObject> accountJson,
      Supplier<String> controlUrl) {
    this.acceptInvitation = acceptInvitation;
    this.accountJson = accountJson;
    this.controlUrl = controlUrl;
  }

  @Override
  public Response handle(Request request) {
    CrossSiteChecks.requireOwnOrigin(request, controlUrl.get());
    Body body = request.json(Body.class);
    if (body.invitation == null) {
      throw Invalid.request("'invitation' is required.");
    }
    Account account =
        acceptInvitation.execute(
            new AcceptInvitation.Command(
                body.invitation,
                Password.given("password", body.password),
                request.address(),
                request.id()));
    return Response.json(200, new JsonObject().put("account", accountJson.apply(account)));
  }

  private record Body(@Nullable String invitation, @Nullable String password) {
    @Override
    public String toString() {
      return "Body[redacted]";
    }
  }
}
