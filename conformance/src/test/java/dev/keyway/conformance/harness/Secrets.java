package dev.keyway.conformance.harness;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks that an answer gives nothing of a key away. */
public final class Secrets {

  private Secrets() {}

  /** The answer holds neither the whole key nor its secret part. */
  public static void assertAbsent(Answer answer, NewKey key, String prefix) {
    assertThat(answer.body()).as(answer.call()).doesNotContain(key.secret());
    assertThat(answer.body()).as(answer.call()).doesNotContain(secretPart(key.secret(), prefix));
    assertThat(answer.headers().toString()).as(answer.call()).doesNotContain(key.secret());
  }

  /** The 43 characters of a key that are its secret. */
  public static String secretPart(String key, String prefix) {
    int start = prefix.length() + KeyForm.id(key, prefix).length();
    return KeyForm.unchecked(key).substring(start);
  }
}
