package dev.keyway.server.api;

import dev.keyway.core.session.Password;
import dev.keyway.core.session.Reauthenticate;
import dev.keyway.core.session.SignedIn;
import dev.keyway.server.portal.SessionAnswer;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/sessions/current/reauthenticate}: makes a session fresh by the password. */
final class ReauthenticateHandler implements Operation {
  private final Reauthenticate reauthenticate;
  private final SessionAnswer answer;

  ReauthenticateHandler(Reauthenticate reauthenticate, SessionAnswer answer) {
    this.reauthenticate = reauthenticate;
    this.answer = answer;
  }

  @Override
  public Answer answer(Call call) {
    Body body = call.body(Body.class);
    var person = call.person();
    SignedIn signedIn =
        reauthenticate.execute(
            call.caller(),
            person.account(),
            person.session(),
            Password.given("password", body.password));
    return Answer.ok(answer.body(signedIn)).with(answer.headers(signedIn));
  }

  private record Body(@Nullable String password) {
    @Override
    public String toString() {
      return "Body[redacted]";
    }
  }
}
