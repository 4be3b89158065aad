package dev.keyway.server.door;

import dev.keyway.core.verify.DenialReason;
import dev.keyway.server.http.ProblemCode;
import io.vertx.core.http.HttpHeaders;
import java.net.URI;

/**
 * Every refusal that a door knows, made once. Whoever guesses at keys is told one text for all that
 * can be wrong with one.
 */
public final class Refusals {
  private static final CharSequence CHALLENGE =
      HttpHeaders.createOptimized("Bearer realm=\"keyway\"");
  private static final CharSequence INVALID_CHALLENGE =
      HttpHeaders.createOptimized("Bearer realm=\"keyway\", error=\"invalid_token\"");

  /** For how long to wait when nobody can decide, in seconds: what {@code Retry-After} says. */
  public static final String RETRY_SOON_SECONDS = "5";

  public final Refusal ambiguousTarget;
  public final Refusal keyInPath;
  public final Refusal malformed;
  public final Refusal tooLarge;
  public final Refusal notFound;
  public final Refusal discovery;
  public final Refusal methodNotAllowed;
  public final Refusal cannotVerify;
  public final Refusal foreignSession;
  public final Refusal notConfigured;
  public final Refusal unavailable;
  public final Refusal busy;
  public final Refusal timeout;
  public final Refusal internal;
  private final Refusal missingKey;
  private final Refusal invalidKey;
  private final Refusal keyInQuery;
  private final Refusal several;
  private final Refusal planRequired;
  private final Refusal outOfScope;
  private final Refusal rateLimited;
  private final String controlUrl;

  /**
   * The refusals of one node.
   *
   * @param controlUrl where the pages stand that explain each code
   */
  public Refusals(URI controlUrl) {
    String url = controlUrl.toString();
    this.controlUrl = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    ambiguousTarget =
        of(
            ProblemCode.INVALID_REQUEST,
            "The path can be read in more than one way; send it in its plain form.");
    keyInPath =
        of(
            ProblemCode.INVALID_REQUEST,
            "A key must not stand in the path; one that stood in an address should be revoked.");
    malformed = of(ProblemCode.INVALID_REQUEST, "The request is not well-formed HTTP/1.1.");
    tooLarge = of(ProblemCode.TOO_LARGE, "The request line or the headers are too long.");
    notFound = of(ProblemCode.NOT_FOUND, "There is no route for this path.");
    discovery =
        of(
            ProblemCode.NOT_FOUND,
            "API keys are used here, not OAuth; there is no metadata to discover.");
    methodNotAllowed =
        of(ProblemCode.METHOD_NOT_ALLOWED, "Use one of the methods in the header Allow.");
    cannotVerify =
        of(ProblemCode.CANNOT_VERIFY, "Nothing is known against the key; repeat the request.");
    foreignSession =
        of(
            ProblemCode.NOT_FOUND,
            "The session does not exist or was opened with another key; initialize a new one.");
    notConfigured =
        of(ProblemCode.UPSTREAM_NOT_CONFIGURED, "No address is configured for this route.");
    unavailable = of(ProblemCode.UPSTREAM_UNAVAILABLE, "The upstream cannot be reached.");
    busy = of(ProblemCode.UNAVAILABLE, "Too many requests wait for the upstream; try again.");
    timeout = of(ProblemCode.UPSTREAM_TIMEOUT, "The upstream took too long to answer.");
    internal = of(ProblemCode.INTERNAL, "Quote the request_id when you report this.");
    missingKey =
        challenging(
            ProblemCode.MISSING_KEY,
            "Send an API key, usually as Authorization: Bearer KEY.",
            CHALLENGE);
    invalidKey =
        challenging(
            ProblemCode.INVALID_KEY,
            "The API key is not valid, or not sent in a place that is accepted here.",
            INVALID_CHALLENGE);
    keyInQuery =
        challenging(
            ProblemCode.KEY_IN_QUERY,
            "Send the API key in a header; a key that stood in an address should be revoked.",
            CHALLENGE);
    several = of(ProblemCode.INVALID_REQUEST, "Send exactly one credential, in one place.");
    planRequired =
        of(ProblemCode.API_ACCESS_DENIED, "The workspace's plan does not include API access.");
    outOfScope = of(ProblemCode.OUT_OF_SCOPE, "The API key was made for another resource.");
    rateLimited = of(ProblemCode.RATE_LIMITED, "Wait for as long as the header Retry-After says.");
  }

  /** The one for a reason not to accept a credential. */
  public Refusal of(DenialReason reason) {
    return switch (reason) {
      case KEY_IN_QUERY -> keyInQuery;
      case SEVERAL_CREDENTIALS -> several;
      case MISSING -> missingKey;
      case PLACE_NOT_ACCEPTED, MALFORMED, NOT_FOUND, REVOKED, DEACTIVATED, EXPIRED, WRONG_PRODUCT ->
          invalidKey;
      case PLAN_REQUIRED -> planRequired;
      case OUT_OF_SCOPE -> outOfScope;
      case RATE_LIMITED -> rateLimited;
    };
  }

  private Refusal of(ProblemCode code, String detail) {
    return new Refusal(controlUrl, code, detail, null);
  }

  private Refusal challenging(ProblemCode code, String detail, CharSequence challenge) {
    return new Refusal(controlUrl, code, detail, challenge);
  }
}
