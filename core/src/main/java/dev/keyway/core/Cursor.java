package dev.keyway.core;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * The last row a list showed: lists are ordered by time, then id, both descending.
 *
 * <p>Callers see {@link #encode()} only and must not look inside.
 */
public record Cursor(Instant at, String id) {

  /** Reads what {@link #encode()} wrote; anything else is refused as an invalid request. */
  public static Cursor decode(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      int comma = plain.indexOf(',');
      return new Cursor(
          Instant.ofEpochMilli(Long.parseLong(plain.substring(0, comma))),
          plain.substring(comma + 1));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw RefusedException.Invalid.request("'cursor' is not one that a list has answered.");
    }
  }

  /** The opaque form given to callers. */
  public String encode() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((at.toEpochMilli() + "," + id).getBytes(StandardCharsets.UTF_8));
  }
}
