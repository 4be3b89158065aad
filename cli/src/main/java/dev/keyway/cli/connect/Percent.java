package dev.keyway.cli.connect;

import java.nio.charset.StandardCharsets;

/** Percent-encoding (RFC 3986) of everything that is not unreserved. */
final class Percent {
  private static final String UNRESERVED_SIGNS = "-._~";

  private Percent() {}

  static String encoded(String value) {
    var text = new StringBuilder();
    for (byte one : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (one & 0xff);
      boolean isPlain =
          c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED_SIGNS.indexOf(c) >= 0);
      text.append(isPlain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return text.toString();
  }
}
