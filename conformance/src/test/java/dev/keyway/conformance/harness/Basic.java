package dev.keyway.conformance.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** Values of an {@code Authorization} field in the Basic scheme (RFC 7617). */
public final class Basic {

  private Basic() {}

  /** {@code Basic} and the base64 of {@code user:password}. */
  public static String of(String user, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }
}
