package dev.keyway.server.door;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Walks through the parameters of a raw query, keeping their raw form beside the decoded one.
 *
 * <p>Both {@code &} and {@code ;} separate: upstreams disagree about the second, and a key that one
 * of them would see must not be missed here. A percent sign that introduces no byte stands for
 * itself.
 */
final class QueryParameters {
  private final String raw;
  private int from;
  private int to = -1;
  private int equals;

  QueryParameters(String raw) {
    this.raw = raw;
  }

  /** Moves to the next parameter; false when there is none. */
  boolean next() {
    if (to >= raw.length()) {
      return false;
    }
    from = to + 1;
    equals = -1;
    for (to = from; to < raw.length() && !isSeparator(raw.charAt(to)); to++) {
      if (equals < 0 && raw.charAt(to) == '=') {
        equals = to;
      }
    }
    return true;
  }

  String name() {
    return decode(from, equals < 0 ? to : equals);
  }

  /** The decoded value; empty for a parameter without an equals sign. */
  String value() {
    return equals < 0 ? "" : decode(equals + 1, to);
  }

  /** Appends the parameter as it came, after the separator it came with. */
  void copyTo(StringBuilder query) {
    if (!query.isEmpty()) {
      query.append(raw.charAt(from - 1));
    }
    query.append(raw, from, to);
  }

  private static boolean isSeparator(char c) {
    return c == '&' || c == ';';
  }

  private String decode(int start, int end) {
    for (int i = start; i < end; i++) {
      char c = raw.charAt(i);
      if (c == '%' || c == '+') {
        return decodeEscapes(start, end);
      }
    }
    return raw.substring(start, end);
  }

  private String decodeEscapes(int start, int end) {
    var bytes = new ByteArrayOutputStream(end - start);
    int i = start;
    while (i < end) {
      char c = raw.charAt(i);
      // The third character may be the last of this parameter, and none of the next one's.
      int escaped = c == '%' && i + 3 <= end ? PercentCode.byteAt(raw, i) : -1;
      if (escaped >= 0) {
        bytes.write(escaped);
        i += 3;
      } else {
        bytes.write(c == '+' ? ' ' : c);
        i++;
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
