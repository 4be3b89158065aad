package dev.keyway.server.portal;

import dev.keyway.core.session.SignedIn;
import dev.keyway.core.tenancy.Account;
import dev.keyway.server.http.JsonObject;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a person who has just given the right password is answered: who they are, and a cookie. */
public final class SessionAnswer {
  private final Function<Account, JsonObject> accountJson;
  private final Supplier<String> controlUrl;

  /** The answer; {@code accountJson} writes the account as the API shows it. */
  public SessionAnswer(Function<Account, JsonObject> accountJson, Supplier<String> controlUrl) {
    this.accountJson = accountJson;
    this.controlUrl = controlUrl;
  }

  public JsonObject body(SignedIn signedIn) {
    return new JsonObject()
        .put("account", accountJson.apply(signedIn.account()))
        .put("csrf_token", signedIn.session().csrfToken());
  }

  public Map<String, String> headers(SignedIn signedIn) {
    return Map.of("Set-Cookie", SessionCookie.under(controlUrl.get()).begin(signedIn));
  }
}
