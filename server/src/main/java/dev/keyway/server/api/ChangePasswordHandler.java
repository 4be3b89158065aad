package dev.keyway.server.api;

import dev.keyway.core.session.ChangePassword;
import dev.keyway.core.session.Password;
import dev.keyway.core.session.SignedIn;
import dev.keyway.server.portal.SessionAnswer;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/me/password} with the current one: changes a signed-in person's password. */
final class ChangePasswordHandler implements Operation {
  private final ChangePassword changePassword;
  private final SessionAnswer answer;

  ChangePasswordHandler(ChangePassword changePassword, SessionAnswer answer) {
    this.changePassword = changePassword;
    this.answer = answer;
  }

  @Override
  public Answer answer(Call call) {
    Body body = call.body(Body.class);
    var person = call.person();
    SignedIn signedIn =
        changePassword.execute(
            call.caller(),
            person.account(),
            person.session(),
            Password.given("current_password", body.currentPassword),
            Password.given("password", body.password));
    return Answer.ok(answer.body(signedIn)).with(answer.headers(signedIn));
  }

  private record Body(@Nullable String currentPassword, @Nullable String password) {
    @Override
    public String toString() {
      return "Body[redacted]";
    }
  }
}
