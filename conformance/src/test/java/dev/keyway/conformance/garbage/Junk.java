package dev.keyway.conformance.garbage;

import java.util.List;
import java.util.Random;

/** Values that no caller means, drawn by a seeded generator; one byte a character. */
final class Junk {

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\0",
          "%00",
          "%zz",
          "%",
          "%C0%AF",
          "\u00c0\u00af",
          "\u00ed\u00a0\u0080",
          "\u00ff\u00fe",
          "\u00ef\u00bb\u00bf",
          "..",
          "../../etc/passwd",
          "//",
          ";x=1",
          "%2F",
          "%5C",
          "\\",
          "%2e%2e",
          "%252F",
          "'; DROP TABLE api_key; --",
          "\" OR 1=1",
          "<script>",
          "${jndi:ldap://x}",
          "{{7*7}}",
          "null",
          "true",
          "0",
          "-1",
          "1e400",
          "9223372036854775808",
          "NaN",
          "0x1f",
          "*",
          "?",
          "#",
          "key_",
          "key_0123456789ab",
          "acc_\u00e9",
          "ws_%",
          "kwo_x",
          "\u00f0\u009f\u0098\u0080",
          "2030-02-30T00:00:00Z",
          "9999-12-31T23:59:59.999999999Z",
          "0000-01-01T00:00:00+18:00",
          "-999999999-01-01T00:00:00Z",
          "99999d",
          "never",
          "\t",
          "\u007f",
          "a,b",
          "a&b=c",
          "W/\"1\"",
          "\"1\", *");

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-1",
          "1.5",
          "1e999",
          "-0",
          "99999999999999999999",
          "[]",
          "[null]",
          "[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]",
          "{}",
          "{\"a\":{}}",
          "\"\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\udfff\\ud83d\"",
          "\"\\x\"",
          "NaN",
          "Infinity",
          "'a'",
          "undefined",
          "\"",
          "\"\u00ff\"",
          "\"\u00c0\u0080\"",
          "\"\u00e2\u0080\u00ae\"",
          "/**/1",
          "01",
          "+1",
          ".5",
          "tru");

  private final Random random;

  Junk(long seed) {
    this.random = new Random(seed);
  }

  boolean oneIn(int chances) {
    return random.nextInt(chances) == 0;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** A text for anywhere but a header or a target, in which it may end the line. */
  String text() {
    return switch (random.nextInt(6)) {
      case 0 -> bytes(random.nextInt(40));
      case 1 -> oneOf(TEXTS).repeat(1 + random.nextInt(200));
      case 2 -> oneOf(TEXTS) + oneOf(TEXTS);
      default -> oneOf(TEXTS);
    };
  }

  /** A text that ends no line and no word. */
  String word() {
    return text().replaceAll("[\\x00-\\x20\\x7f]", "~");
  }

  /** A JSON value, or what is none. */
  String value() {
    return switch (random.nextInt(4)) {
      case 0 -> "\"" + word().replace("\\", "\\\\").replace("\"", "'") + "\"";
      case 1 ->
          "\""
              + oneOf(TEXTS).replace("\\", "/").replace("\"", "'").repeat(1 + random.nextInt(300))
              + "\"";
      default -> oneOf(VALUES);
    };
  }

  /** The text with a few bytes changed, put in, taken out or doubled. */
  String mutated(String text) {
    var mutated = new StringBuilder(text);
    for (int edits = 1 + random.nextInt(4); edits > 0 && !mutated.isEmpty(); edits--) {
      int at = random.nextInt(mutated.length());
      int end = Math.min(mutated.length(), at + 1 + random.nextInt(12));
      switch (random.nextInt(5)) {
        case 0 -> mutated.setCharAt(at, (char) random.nextInt(256));
        case 1 -> mutated.insert(at, (char) random.nextInt(256));
        case 2 -> mutated.delete(at, end);
        case 3 -> mutated.insert(at, mutated.substring(at, end));
        default -> mutated.insert(at, oneOf(TEXTS));
      }
    }
    return mutated.toString();
  }

  private String bytes(int length) {
    var bytes = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      bytes.append((char) random.nextInt(256));
    }
    return bytes.toString();
  }
}
