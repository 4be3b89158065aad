package dev.keyway.demo.modern;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Reads header values that may be wrapped as {@code =?base64?…?=} because plain ASCII cannot carry
 * them (MCP 2026-07-28, Streamable HTTP, Value Encoding).
 */
final class HeaderValue {

  private static final String PREFIX = "=?base64?";
  private static final String SUFFIX = "?=";

  private HeaderValue() {}

  /** The value meant; empty when the wrapped part is not Base64 of UTF-8. */
  static Optional<String> decode(String value) {
    if (!value.startsWith(PREFIX)
        || !value.endsWith(SUFFIX)
        || value.length() < PREFIX.length() + SUFFIX.length()) {
      return Optional.of(value);
    }
    String wrapped = value.substring(PREFIX.length(), value.length() - SUFFIX.length());
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(wrapped));
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
