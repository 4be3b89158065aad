package dev.keyway.server.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-encoded bytes (RFC 3986, 2.1). */
final class PercentCode {
  private PercentCode() {}

  /** The byte that the three characters from {@code index} stand for; -1 when they are none. */
  static int byteAt(String text, int index) {
    if (index + 2 >= text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(index + 1), 16);
    int low = Character.digit(text.charAt(index + 2), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }

  /** Decodes a path segment, in which a plus is a plus. */
  static String decodeSegment(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    var bytes = new ByteArrayOutputStream(segment.length());
    int i = 0;
    while (i < segment.length()) {
      int escaped = segment.charAt(i) == '%' ? byteAt(segment, i) : -1;
      bytes.write(escaped >= 0 ? escaped : segment.charAt(i));
      i += escaped >= 0 ? 3 : 1;
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
