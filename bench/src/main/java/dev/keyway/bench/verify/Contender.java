package dev.keyway.bench.verify;

import org.jspecify.annotations.Nullable;

/**
 * Who is measured, in the order of a round. The two that share Keyway's process stand apart, so
 * that what it writes after one of them is done before the other begins.
 */
enum Contender {
  REFERENCE_REFUSAL(
      "reference refusal", "bare Vert.x handler, the gateway's 401 byte for byte", 401),
  KEYWAY_REFUSAL("keyway refusal", "the gateway, revoked keys", 401),
  REFERENCE_ANSWER("reference answer", "bare Vert.x handler, the gateway's 200 byte for byte", 200),
  KEYWAY_ACCEPT("keyway accept", "the gateway, valid keys, trivial upstream", 200),
  NGINX_PROXY("nginx proxy_pass", "static map of the same keys, same upstream", 200);

  private final String text;
  private final String does;
  private final int status;

  Contender(String text, String does, int status) {
    this.text = text;
    this.does = does;
    this.status = status;
  }

  String text() {
    return text;
  }

  String does() {
    return does;
  }

  /** The status of every answer. */
  int status() {
    return status;
  }

  boolean refuses() {
    return status >= 400;
  }

  boolean usesUpstream() {
    return this == KEYWAY_ACCEPT || this == NGINX_PROXY;
  }

  /** Whose answer a reference repeats. */
  @Nullable Contender repeats() {
    return switch (this) {
      case REFERENCE_REFUSAL -> KEYWAY_REFUSAL;
      case REFERENCE_ANSWER -> KEYWAY_ACCEPT;
      default -> null;
    };
  }
}
