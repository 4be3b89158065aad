package dev.keyway.server.portal;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.session.Password;
import dev.keyway.core.session.SignIn;
import dev.keyway.core.session.SignedIn;
import dev.keyway.server.http.Handler;
import dev.keyway.server.http.Request;
import dev.keyway.server.http.Response;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/sessions}: signs a person in and sets their cookie.
 *
 * <p>Every sign-in draws a new cookie value, so one that was planted before is worth nothing.
 */
public final class CreateSessionHandler implements Handler {
  private final SignIn signIn;
  private final SessionAnswer answer;
  private final Supplier<String> controlUrl;

  public CreateSessionHandler(SignIn signIn, SessionAnswer answer, Supplier<String> controlUrl) {
    this.signIn = signIn;
    this.answer = answer;
    this.controlUrl = controlUrl;
  }

  @Override
  public Response handle(Request request) {
    CrossSiteChecks.requireOwnOrigin(request, controlUrl.get());
    Body body = request.json(Body.class);
    if (body.email == null || body.password == null) {
      throw Invalid.request("'email' and 'password' are required.");
    }
    SignedIn signedIn =
        signIn.execute(
            new SignIn.Command(
                body.email,
                Password.given("password", body.password),
                body.product,
                request.address(),
                request.id()));
    return Response.json(201, answer.body(signedIn)).with(answer.headers(signedIn));
  }

  private record Body(@Nullable String email, @Nullable String password, @Nullable String product) {
    @Override
    public String toString() {
      return "Body[redacted]";
    }
  }
}
