package dev.keyway.server.http;

import dev.keyway.core.RefusedException;
import dev.keyway.core.RefusedException.RateLimited;
import dev.keyway.core.RefusedException.Unauthenticated;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.change.UnconfirmedException;
import dev.keyway.core.flood.FloodedException;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever is thrown into a problem (RFC 9457). */
final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
  private static final String REQUEST_ID = "request_id";
  private static final String RETRY_AFTER = "Retry-After";

  /** An outage or an unconfirmed change is worth another call soon. */
  private static final Map<String, String> RETRY_SOON = Map.of(RETRY_AFTER, "1");

  private final Supplier<String> publicUrl;
  private final Seldom outages = new Seldom(System::nanoTime);

  Answers(Supplier<String> publicUrl) {
    this.publicUrl = publicUrl;
  }

  /**
   * The answer to a call that ended with an exception. Bugs and outages are logged here, once.
   *
   * @param call names the call in the log
   */
  Response of(Throwable thrown, String call, String requestId) {
    return switch (thrown) {
      case CountedCallException counted ->
          of(counted.failure(), call, requestId).with(counted.headers());
      case ProblemException problem ->
          Response.problem(
                  new Problem(
                      problem.code(),
                      String.valueOf(problem.getMessage()),
                      requestId,
                      problem.limit()),
                  publicUrl.get())
              .with(problem.headers());
      case RateLimited limited ->
          refused(limited, requestId).with(RETRY_AFTER, String.valueOf(seconds(limited)));
      case Unauthenticated unknown ->
          refused(unknown, requestId).with("WWW-Authenticate", "Bearer realm=\"keyway\"");
      case RefusedException refused -> refused(refused, requestId);
      case UnconfirmedException unconfirmed -> {
        LOG.atWarn()
            .addKeyValue("call", call)
            .addKeyValue(REQUEST_ID, requestId)
            .log("unconfirmed: {}", unconfirmed.getMessage());
        yield problem(
                ProblemCode.REVOCATION_UNCONFIRMED,
                String.valueOf(unconfirmed.getMessage()),
                requestId)
            .with(RETRY_SOON);
      }
      case UnavailableException unavailable -> {
        logOutage(unavailable, call, requestId);
        yield unavailable(requestId);
      }
      case FloodedException _ -> unavailable(requestId);
      default -> {
        LOG.atError()
            .addKeyValue("call", call)
            .addKeyValue(REQUEST_ID, requestId)
            .setCause(thrown)
            .log("a call failed");
        yield problem(
            ProblemCode.INTERNAL,
            "Keyway failed; its log tells more under this request_id.",
            requestId);
      }
    };
  }

  private Response unavailable(String requestId) {
    String detail = "Keyway cannot answer now; repeat the call in a moment.";
    return problem(ProblemCode.UNAVAILABLE, detail, requestId).with(RETRY_SOON);
  }

  private void logOutage(UnavailableException unavailable, String call, String requestId) {
    if (outages.lets()) {
      LOG.atWarn()
          .addKeyValue("call", call)
          .addKeyValue(REQUEST_ID, requestId)
          .addKeyValue("not_logged", outages.takeSkipped())
          .log("unavailable: {}", unavailable.getMessage());
    }
  }

  private Response refused(RefusedException refused, String requestId) {
    return problem(ProblemCode.of(refused.code()), refused.detail(), requestId);
  }

  private Response problem(ProblemCode code, String detail, String requestId) {
    return Response.problem(new Problem(code, detail, requestId), publicUrl.get());
  }

  private static long seconds(RateLimited limited) {
    return Math.max(1, (limited.retryAfter().toMillis() + 999) / 1000);
  }
}
