package dev.keyway.conformance.harness;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A key as its creation answered it.
 *
 * @param id {@code key_…}
 * @param secret the whole key, shown this once
 * @param key the key object of the answer
 */
public record NewKey(String id, String secret, JsonNode key) {

  /** The key of an answer to its creation. */
  public static NewKey of(Answer created) {
    created.expect(201);
    return new NewKey(created.text("key.id"), created.text("secret"), created.at("key"));
  }

  /** {@code Bearer} and the key, the value of an {@code Authorization} field. */
  public String bearer() {
    return "Bearer " + secret;
  }

  /** Redacted: a failing test prints this record. */
  @Override
  public String toString() {
    return "NewKey[" + id + "]";
  }
}
