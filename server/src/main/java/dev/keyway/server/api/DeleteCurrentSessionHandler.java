package dev.keyway.server.api;

import dev.keyway.core.session.SignOut;
import dev.keyway.server.http.JsonObject;
import dev.keyway.server.portal.SessionCookie;
import java.util.Map;
import java.util.function.Supplier;

/** {@code DELETE /v1/sessions/current}: signs the caller out. */
final class DeleteCurrentSessionHandler implements Operation {
  private final SignOut signOut;
  private final Supplier<String> controlUrl;

  DeleteCurrentSessionHandler(SignOut signOut, Supplier<String> controlUrl) {
    this.signOut = signOut;
    this.controlUrl = controlUrl;
  }

  @Override
  public Answer answer(Call call) {
    var person = call.person();
    signOut.execute(call.caller(), person.session(), person.account());
    return Answer.ok(new JsonObject().put("signed_out", true))
        .with(Map.of("Set-Cookie", SessionCookie.under(controlUrl.get()).end()));
  }
}
