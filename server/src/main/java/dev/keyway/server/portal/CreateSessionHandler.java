package dev.keyway.server.portal;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.session.SignIn;
import dev.keyway.core.tenancy.Account;
import dev.keyway.server.http.Handler;
import dev.keyway.server.http.JsonObject;
import dev.keyway.server.http.Request;
import dev.keyway.server.http.Response;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/sessions}: signs a person in and sets their cookie.
 *
 * <p>Every sign-in draws a new cookie value, so one that was planted before is worth nothing.
 */
public final class CreateSessionHandler implements Handler {
  /** Argon2id reads the whole password, so its length has to end somewhere. */
  private static final int MAX_PASSWORD = 1_000;

  private final SignIn signIn;
  private final Function<Account, JsonObject> accountJson;
  private final Supplier<String> controlUrl;

  /** The handler; {@code accountJson} writes the account as the API shows it. */
  public CreateSessionHandler(
      SignIn signIn, Function<Account, JsonObject> accountJson, Supplier<String> controlUrl) {
    this.signIn = signIn;
    this.accountJson = accountJson;
    this.controlUrl = controlUrl;
  }

  @Override
  public Response handle(Request request) {
    CrossSiteChecks.requireOwnOrigin(request, controlUrl.get());
    request.query(Set.of());
    Body body = request.json(Body.class);
    if (body.email == null || body.password == null) {
      throw Invalid.request("'email' and 'password' are required.");
    }
    if (body.password.length() > MAX_PASSWORD) {
      throw Invalid.request("'password' has at most " + MAX_PASSWORD + " characters.");
    }
    var signedIn =
        signIn.execute(
            new SignIn.Command(
                body.email, body.password, body.product, request.address(), request.id()));
    var json =
        new JsonObject()
            .put("account", accountJson.apply(signedIn.account()))
            .put("csrf_token", signedIn.session().csrfToken());
    return Response.json(201, json)
        .with("Set-Cookie", SessionCookie.under(controlUrl.get()).begin(signedIn.token()));
  }

  private record Body(@Nullable String email, @Nullable String password, @Nullable String product) {
    @Override
    public String toString() {
      return "Body[redacted]";
    }
  }
}
