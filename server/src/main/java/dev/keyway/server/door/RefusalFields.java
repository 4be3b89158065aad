package dev.keyway.server.door;

import dev.keyway.core.limit.LimitState;
import dev.keyway.server.http.AsciiText;
import dev.keyway.server.http.Problem;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** The header fields of a refusal, the same at every door. */
public final class RefusalFields {
  private static final CharSequence PROBLEM = HttpHeaders.createOptimized(Problem.MEDIA_TYPE);
  private static final CharSequence SOON = HttpHeaders.createOptimized(Refusals.RETRY_SOON_SECONDS);

  private RefusalFields() {}

  /** Sets those that every refusal has. */
  public static void set(MultiMap headers, Refusal refusal, String requestId) {
    headers.set(HttpHeaders.CONTENT_TYPE, PROBLEM);
    headers.set(HttpHeaders.CACHE_CONTROL, Names.NO_STORE);
    headers.set(Names.REQUEST_ID, AsciiText.of(requestId));
    CharSequence challenge = refusal.challenge();
    if (challenge != null) {
      headers.set(Names.CHALLENGE, challenge);
    }
  }

  /** Sets those by which a proxy learns what to tell its client. */
  public static void setVerdict(MultiMap headers, Refusal refusal) {
    headers.set(Names.STATUS, refusal.statusText());
    headers.set(Names.CODE, refusal.code().text());
  }

  /** Sets those of a limit that was reached; null for every other reason. */
  public static void setLimit(MultiMap headers, @Nullable LimitState limit) {
    if (limit != null) {
      headers.set(Names.RETRY_AFTER, Long.toString(limit.retryAfterSeconds()));
      LimitFields.set(headers, limit);
    }
  }

  /** Sets when to ask again what nobody can decide now. */
  public static void setRetrySoon(MultiMap headers) {
    headers.set(Names.RETRY_AFTER, SOON);
  }
}
