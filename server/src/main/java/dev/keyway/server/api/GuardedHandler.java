package dev.keyway.server.api;

import dev.keyway.core.RefusedException;
import dev.keyway.core.RefusedException.Forbidden;
import dev.keyway.core.change.Narrowing;
import dev.keyway.core.limit.LimitState;
import dev.keyway.core.operator.Principal;
import dev.keyway.server.api.Idempotency.WhenUnknown;
import dev.keyway.server.http.CountedCallException;
import dev.keyway.server.http.Endpoint.Access;
import dev.keyway.server.http.Handler;
import dev.keyway.server.http.ProblemCode;
import dev.keyway.server.http.ProblemException;
import dev.keyway.server.http.RateLimitHeaders;
import dev.keyway.server.http.Request;
import dev.keyway.server.http.Response;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What every operation of the management API has before it: who calls, whether another site's page
 * made them, the limit, and the call that was made already. A refusal becomes a row of the trail.
 */
final class GuardedHandler implements Handler {
  private final Guards guards;
  private final Terms terms;
  private final Operation operation;

  /** The operation behind its guards. */
  GuardedHandler(Guards guards, Terms terms, Operation operation) {
    this.guards = guards;
    this.terms = terms;
    this.operation = operation;
  }

  @Override
  public Response handle(Request request) {
    return narrows(request)
        ? guards.narrowing().inTime(() -> handle(request, WhenUnknown.REPEAT))
        : handle(request, WhenUnknown.TELL);
  }

  /** A body that cannot be read changes nothing; it is refused in its turn. */
  private boolean narrows(Request request) {
    try {
      return operation.narrows(request);
    } catch (RefusedException | ProblemException e) {
      return false;
    }
  }

  private Response handle(Request request, WhenUnknown whenUnknown) {
    Call call = guards.callers().of(request);
    guards.refusals().tellLeftOut(call);
    LimitState limit = noted(call, () -> admit(call));
    if (limit == null) {
      return noted(call, () -> answer(call, whenUnknown));
    }
    var headers = RateLimitHeaders.of(limit);
    try {
      return noted(call, () -> answer(call, whenUnknown)).with(headers);
    } catch (RuntimeException e) {
      throw new CountedCallException(e, headers);
    }
  }

  /** What the call's limit says; null when it has none. */
  private @Nullable LimitState admit(Call call) {
    guards.callers().requireNotCrossSite(call);
    if (terms.access == Access.SESSION && call.session() == null) {
      throw Forbidden.call("This call needs a session.");
    }
    if (terms.access == Access.PERSON_OR_OPERATOR
        && call.caller().principal() instanceof Principal.KeyHolder) {
      throw Forbidden.call("A product key cannot make this call; sign in instead.");
    }
    LimitState limit = terms.access == Access.COUNTED_CALLER ? guards.limit().count(call) : null;
    requireAdmitted(call, limit);
    return limit;
  }

  private Response answer(Call call, WhenUnknown whenUnknown) {
    guards.noKeys().require(call.request(), terms.secretField);
    call.request().query(operation.parameters());
    return terms.repeat == Repeat.ONCE
        ? guards.idempotency().answer(call, change(whenUnknown), whenUnknown)
        : change(whenUnknown).answer(call).toResponse();
  }

  /** The operation; of all that a call does, it alone may leave a change that nothing confirms. */
  private Operation change(WhenUnknown whenUnknown) {
    return whenUnknown == WhenUnknown.REPEAT
        ? call -> guards.narrowing().change(() -> operation.answer(call))
        : operation;
  }

  private <T extends @Nullable Object> T noted(Call call, Supplier<T> step) {
    try {
      return step.get();
    } catch (RefusedException refused) {
      guards.refusals().note(call, terms.action, refused.code());
      throw refused;
    }
  }

  private void requireAdmitted(Call call, @Nullable LimitState limit) {
    if (limit != null && !limit.admitted()) {
      guards.refusals().note(call, terms.action, ProblemCode.RATE_LIMITED.text());
      throw ProblemException.rateLimited(
          "The limit '%s' is reached: %d requests per %s, counted by %s; wait for Retry-After."
              .formatted(
                  limit.limit().name(),
                  limit.requests(),
                  LimitJson.per(limit.limit().period()),
                  limit.limit().by().text()),
          RateLimitHeaders.of(limit),
          LimitJson.of(limit));
    }
  }

  /**
   * On which terms an operation is called.
   *
   * @param action its name in the trail
   * @param secretField the one field of the body that may hold a key; null for none
   */
  record Terms(Access access, String action, Repeat repeat, @Nullable String secretField) {}

  /** What a second call under the same {@code Idempotency-Key} does. */
  enum Repeat {
    /** Answers as the first one did. */
    ONCE,
    /** Is a call of its own; the header is not looked at. */
    ANEW
  }

  /** The guards of all operations. */
  record Guards(
      Callers callers,
      NoKeysInside noKeys,
      ManagementLimit limit,
      Idempotency idempotency,
      Refusals refusals,
      Narrowing narrowing) {}
}
