package dev.keyway.server.api;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.RefusedException.Unauthenticated;
import dev.keyway.core.operator.Authenticator;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Principal;
import dev.keyway.core.session.ResumeSession;
import dev.keyway.server.http.Endpoint.Method;
import dev.keyway.server.http.Request;
import dev.keyway.server.portal.CrossSiteChecks;
import dev.keyway.server.portal.SessionCookie;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who calls: a person by their session's cookie, an operator or a product key by {@code
 * Authorization: Bearer}. Both at once is no request anybody means, and is refused.
 */
final class Callers {
  private static final Pattern BEARER =
      Pattern.compile("bearer ([^\\s,]+)", Pattern.CASE_INSENSITIVE);

  private final Authenticator authenticator;
  private final ResumeSession resumeSession;
  private final Supplier<String> controlUrl;

  Callers(Authenticator authenticator, ResumeSession resumeSession, Supplier<String> controlUrl) {
    this.authenticator = authenticator;
    this.resumeSession = resumeSession;
    this.controlUrl = controlUrl;
  }

  /** The request with its caller; refused when nobody known makes it. */
  Call of(Request request) {
    String cookie = SessionCookie.under(controlUrl.get()).read(request);
    String authorization = request.header("Authorization");
    if (cookie != null && authorization != null) {
      throw Invalid.request("Send either the session's cookie or Authorization, not both.");
    }
    if (cookie != null) {
      return bySession(request, cookie);
    }
    String userAgent = request.headers("User-Agent").stream().findFirst().orElse(null);
    Principal principal =
        authenticator.authenticate(bearer(authorization), request.client(), userAgent);
    return new Call(request, new Caller(principal, request.address(), request.id()), null);
  }

  /** Refuses what another site's page may have sent with a person's cookie. */
  void requireNotCrossSite(Call call) {
    var session = call.session();
    if (session != null && call.request().method() != Method.GET) {
      CrossSiteChecks.requireOwnOrigin(call.request(), controlUrl.get());
      CrossSiteChecks.requireToken(call.request(), session);
    }
  }

  private Call bySession(Request request, String cookie) {
    var resumed =
        resumeSession
            .execute(cookie, request.client().bucket())
            .orElseThrow(() -> new Unauthenticated("The session has ended; sign in again."));
    var session = resumed.session();
    var person = new Principal.Person(resumed.account(), session.authenticatedAt());
    return new Call(request, new Caller(person, request.address(), request.id()), session);
  }

  private static String bearer(@Nullable String authorization) {
    if (authorization != null) {
      Matcher bearer = BEARER.matcher(authorization);
      if (bearer.matches()) {
        return bearer.group(1);
      }
    }
    throw new Unauthenticated("Sign in, or send a key as 'Authorization: Bearer …'.");
  }
}
