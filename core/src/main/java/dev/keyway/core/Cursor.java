package dev.keyway.core;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The last row a list showed.
 *
 * <p>Callers see {@link #encode()} only and must not look inside.
 *
 * @param value what the row is ordered by, a time in epoch milliseconds; null where it has none
 * @param id without a comma
 */
public record Cursor(Order order, @Nullable String value, String id) {
  private static final int PARTS = 3;

  /** A row of a list that is ordered newest first. */
  public Cursor(Instant at, String id) {
    this(Order.NEWEST_FIRST, String.valueOf(at.toEpochMilli()), id);
  }

  /**
   * Reads what {@link #encode()} wrote in a list of the same order; anything else is refused as an
   * invalid request.
   */
  public static Cursor decode(String text, Order order) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      String[] parts = plain.split(",", PARTS);
      if (!parts[0].equals(order.name())) {
        throw none();
      }
      var cursor = new Cursor(order, parts.length < PARTS ? null : parts[2], parts[1]);
      if (cursor.value == null && order.presence() == Order.Presence.ALWAYS) {
        throw none();
      }
      if (order.values() == Order.Values.TIMES && cursor.value != null) {
        var _ = cursor.at();
      }
      return cursor;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw none();
    }
  }

  /** The opaque form given to callers. */
  public String encode() {
    String plain = order.name() + "," + id + (value == null ? "" : "," + value);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  /** The time that the row is ordered by, in an order by times. */
  public Instant at() {
    return Instant.ofEpochMilli(Long.parseLong(String.valueOf(value)));
  }

  private static RefusedException none() {
    return RefusedException.Invalid.request(
        "'cursor' is not one that this list has answered in this order.");
  }
}
