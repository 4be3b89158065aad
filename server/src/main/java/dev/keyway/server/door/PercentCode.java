package dev.keyway.server.door;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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

  /** Decodes a path segment of ASCII characters, in which a plus is a plus. */
  static String decodeSegment(String segment) {
    return segment.indexOf('%') < 0
        ? segment
        : new String(bytesOf(segment), StandardCharsets.UTF_8);
  }

  /** Whether a path's bytes are well-formed UTF-8 (RFC 3629, 3: nothing overlong). */
  static boolean isUtf8(String path) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytesOf(path)));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static byte[] bytesOf(String path) {
    var bytes = new ByteArrayOutputStream(path.length());
    int i = 0;
    while (i < path.length()) {
      int escaped = path.charAt(i) == '%' ? byteAt(path, i) : -1;
      char c = path.charAt(i);
      bytes.write(escaped >= 0 ? escaped : (c < 0x80 ? c : '?'));
      i += escaped >= 0 ? 3 : 1;
    }
    return bytes.toByteArray();
  }
}
