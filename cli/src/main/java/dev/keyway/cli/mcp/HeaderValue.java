package dev.keyway.cli.mcp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** A text as the value of an MCP header (revision 2026-07-28, SEP-2243). */
final class HeaderValue {
  private static final Pattern LOOKS_ENCODED = Pattern.compile("=\\?base64\\?.*\\?=");

  private HeaderValue() {}

  /** The text itself, or its Base64 form where a header could not carry it unchanged. */
  static String of(String text) {
    boolean isPlain =
        text.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c <= 0x7e))
            && text.equals(text.strip())
            && !text.isEmpty()
            && !LOOKS_ENCODED.matcher(text).matches();
    return isPlain
        ? text
        : "=?base64?"
            + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
            + "?=";
  }
}
