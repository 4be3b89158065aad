package dev.keyway.server.authz;

import dev.keyway.core.limit.LimitState;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.server.door.Call;
import dev.keyway.server.door.KeyFields;
import dev.keyway.server.door.LimitFields;
import dev.keyway.server.door.Names;
import dev.keyway.server.door.Routing;
import dev.keyway.server.http.AsciiText;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** The answers on which a proxy goes on: 200, without a body. */
final class Verdicts {
  private static final int OK = 200;
  private static final CharSequence ZERO = HttpHeaders.createOptimized("0");
  private static final CharSequence OK_TEXT = HttpHeaders.createOptimized("200");
  private static final CharSequence VALID = HttpHeaders.createOptimized("valid");
  private static final CharSequence PREFLIGHT = HttpHeaders.createOptimized("preflight");
  private static final CharSequence PREFLIGHT_STATUS =
      HttpHeaders.createOptimized(Integer.toString(Routing.Preflight.STATUS));

  private Verdicts() {}

  /**
   * The request may be forwarded, under this key.
   *
   * @param target what to forward it to; null for where the client has sent it
   */
  static void sendAllowed(
      Call call,
      VerifiableKey key,
      @Nullable LimitState limit,
      @Nullable String identity,
      @Nullable String target) {
    MultiMap headers = call.request().response().headers();
    setHead(headers, call, OK_TEXT, VALID);
    KeyFields.set(headers, key);
    if (identity != null) {
      headers.set(Names.IDENTITY, identity);
    }
    if (target != null) {
      headers.set(Names.TARGET, target);
    }
    if (limit != null) {
      LimitFields.set(headers, limit);
    }
    call.cors().applyTo(headers, call.request().headers());
    call.countPassed(OK);
    call.end(null);
  }

  /** The proxy answers a preflight itself, with the status and the headers it is told here. */
  static void sendPreflight(Call call, Routing.Preflight preflight) {
    setHead(call.request().response().headers(), call, PREFLIGHT_STATUS, PREFLIGHT);
    call.cors().setPreflight(call, preflight.methods());
    call.countPassed(Routing.Preflight.STATUS);
    call.end(null);
  }

  private static void setHead(MultiMap headers, Call call, CharSequence status, CharSequence code) {
    headers.set(HttpHeaders.CONTENT_LENGTH, ZERO);
    headers.set(HttpHeaders.CACHE_CONTROL, Names.NO_STORE);
    headers.set(Names.REQUEST_ID, AsciiText.of(call.id()));
    headers.set(Names.STATUS, status);
    headers.set(Names.CODE, code);
  }
}
