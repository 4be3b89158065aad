package dev.keyway.core.apikey;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.Texts;
import org.jspecify.annotations.Nullable;

/** The reasons that callers give for what they do. */
public final class Reasons {
  private static final int MAX_LENGTH = 200;

  private Reasons() {}

  /** A reason as given, checked; null when none was. */
  public static @Nullable String optional(@Nullable String reason) {
    if (reason == null) {
      return null;
    }
    if (Texts.length(reason) > MAX_LENGTH || !Texts.isOneLine(reason)) {
      throw Invalid.request("'reason' must be one line of at most " + MAX_LENGTH + " characters.");
    }
    return reason;
  }
}
