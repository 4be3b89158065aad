package dev.keyway.server.api;

import dev.keyway.core.RefusedException;
import dev.keyway.core.RefusedException.Forbidden;
import dev.keyway.core.limit.LimitState;
import dev.keyway.server.http.Endpoint.Access;
import dev.keyway.server.http.Handler;
import dev.keyway.server.http.ProblemCode;
import dev.keyway.server.http.ProblemException;
import dev.keyway.server.http.RateLimitHeaders;
import dev.keyway.server.http.Request;
import dev.keyway.server.http.Response;
import org.jspecify.annotations.Nullable;

/**
 * What every operation of the management API has before it: who calls, whether another site's page
 * made them, the limit, and the call that was made already. A refusal becomes a row of the trail.
 */
final class GuardedHandler implements Handler {
  private final Guards guards;
  private final Access access;
  private final String action;
  private final Repeat repeat;
  private final Operation operation;

  /** The operation behind its guards; {@code action} names it in the trail. */
  GuardedHandler(Guards guards, Access access, String action, Repeat repeat, Operation operation) {
    this.guards = guards;
    this.access = access;
    this.action = action;
    this.repeat = repeat;
    this.operation = operation;
  }

  @Override
  public Response handle(Request request) {
    Call call = guards.callers().of(request);
    try {
      return guarded(call);
    } catch (RefusedException refused) {
      guards.refusals().note(call, action, refused.code());
      throw refused;
    }
  }

  private Response guarded(Call call) {
    guards.callers().requireNotCrossSite(call);
    if (access == Access.SESSION && call.session() == null) {
      throw Forbidden.call("This call needs a session.");
    }
    LimitState limit = access == Access.COUNTED_CALLER ? guards.limit().count(call) : null;
    requireAdmitted(call, limit);
    Response response =
        repeat == Repeat.ONCE
            ? guards.idempotency().answer(call, operation)
            : operation.answer(call).toResponse();
    return limit == null ? response : response.with(RateLimitHeaders.of(limit));
  }

  private void requireAdmitted(Call call, @Nullable LimitState limit) {
    if (limit != null && !limit.admitted()) {
      guards.refusals().note(call, action, ProblemCode.RATE_LIMITED.text());
      throw new ProblemException(
          ProblemCode.RATE_LIMITED,
          "This key has made its %d calls in %d seconds; wait for Retry-After."
              .formatted(limit.limit().requests(), limit.limit().window().toSeconds()),
          RateLimitHeaders.of(limit));
    }
  }

  /** What a second call under the same {@code Idempotency-Key} does. */
  enum Repeat {
    /** Answers as the first one did. */
    ONCE,
    /** Is a call of its own; the header is not looked at. */
    ANEW
  }

  /** The guards of all operations. */
  record Guards(
      Callers callers, ManagementLimit limit, Idempotency idempotency, Refusals refusals) {}
}
