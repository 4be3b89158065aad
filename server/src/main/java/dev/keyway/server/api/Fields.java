package dev.keyway.server.api;

import dev.keyway.core.RefusedException;
import dev.keyway.core.RefusedException.Invalid;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the texts that callers send as what they stand for. */
final class Fields {
  // RFC 3339 has four digits for the year; java.time reads more, and milliseconds would overflow.
  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T.*");
  private static final Pattern SPAN = Pattern.compile("(\\d{1,5})([dhm])");

  private Fields() {}

  static String required(String field, @Nullable String value) {
    if (value == null) {
      throw Invalid.request("'" + field + "' is required.");
    }
    return value;
  }

  /**
   * An instant in RFC 3339, cut to the millisecond; null for null.
   *
   * @param refusal makes what is thrown for a text that is none
   */
  static @Nullable Instant time(
      String field, @Nullable String value, Function<String, RefusedException> refusal) {
    if (value == null) {
      return null;
    }
    try {
      if (TIME.matcher(value).matches()) {
        return OffsetDateTime.parse(value).toInstant().truncatedTo(ChronoUnit.MILLIS);
      }
    } catch (DateTimeException e) {
      // Told below, as for any other text.
    }
    throw refusal.apply("'" + field + "' must be a time such as 2030-01-31T12:00:00Z (RFC 3339).");
  }

  /** A length of time such as {@code 30d}, {@code 12h} or {@code 15m}; null for null. */
  static @Nullable Duration span(String field, @Nullable String value) {
    if (value == null) {
      return null;
    }
    Matcher parts = SPAN.matcher(value);
    if (!parts.matches()) {
      throw Invalid.request("'" + field + "' must be a length of time such as 30d, 12h or 15m.");
    }
    long count = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "d" -> Duration.ofDays(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofMinutes(count);
    };
  }

  /** One of an enum's values in its lower-case form. */
  static <E extends Enum<E>> E oneOf(Class<E> type, String field, String value) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
        return constant;
      }
    }
    throw Invalid.request("'" + field + "' has no value '" + shortened(value) + "'.");
  }

  private static String shortened(String value) {
    return value.length() <= 40 ? value : value.substring(0, 40) + "…";
  }
}
