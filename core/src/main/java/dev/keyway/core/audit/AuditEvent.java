package dev.keyway.core.audit;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One row of the trail: who did, or was refused, what, when, from where and why (ALL-6).
 *
 * @param action noun and verb, such as {@code key.revoke}
 * @param address the caller's network address
 * @param reason what the caller gave as reason, or the problem's code of a refused call
 */
public record AuditEvent(
    String id,
    Instant at,
    String action,
    Outcome outcome,
    Actor actor,
    String address,
    String requestId,
    Subject subject,
    @Nullable String reason) {

  /** Whether it was done. */
  public enum Outcome {
    DONE,
    REFUSED;

    /** The form in the API. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What it was done to; each part is an id, or null.
   *
   * @param product the slug
   */
  public record Subject(
      @Nullable String product,
      @Nullable String key,
      @Nullable String account,
      @Nullable String workspace) {
    public static final Subject NONE = new Subject(null, null, null, null);
  }
}
