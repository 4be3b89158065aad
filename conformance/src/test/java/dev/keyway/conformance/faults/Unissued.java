package dev.keyway.conformance.faults;

import dev.keyway.conformance.harness.KeyForm;
import java.security.SecureRandom;
import java.util.stream.Collectors;

/** Keys of the right form that nobody was ever given. */
final class Unissued {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final SecureRandom RANDOM = new SecureRandom();

  private Unissued() {}

  /** A new one, with a right checksum. */
  static String key(String prefix) {
    String body =
        RANDOM
            .ints(55, 0, ALPHABET.length())
            .mapToObj(i -> String.valueOf(ALPHABET.charAt(i)))
            .collect(Collectors.joining("", prefix, ""));
    return body + KeyForm.check(body);
  }
}
