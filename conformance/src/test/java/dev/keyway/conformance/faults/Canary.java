package dev.keyway.conformance.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.KeyForm;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Secrets;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;

/** The secrets of a test in every form they may turn up in, and what must hold none of them. */
final class Canary {
  private final Needles secrets = new Needles();
  private final Needles unused = new Needles();
  private final Needles known = new Needles();
  private final Set<String> found = new TreeSet<>();

  /** A key that is used and must leave no trace but its id. */
  NewKey key(NewKey key, String prefix) {
    addKey(secrets, key.secret(), prefix);
    secrets.add(key.id() + " in Basic", base64(key.id() + ":" + key.secret()));
    known.add("the id of a key", KeyForm.id(key.secret(), prefix));
    return key;
  }

  /** A key that nobody presents: only the answer that made it ever held its secret. */
  void unusedKey(NewKey key, String prefix) {
    addKey(secrets, key.secret(), prefix);
    addKey(unused, key.secret(), prefix);
  }

  /** A text with the form of a key that is no key; whoever sends it may have mistyped one. */
  String wrongKey(String key, String prefix) {
    addKey(secrets, key, prefix);
    return key;
  }

  /** A password, a session's token. */
  String secret(String name, String text) {
    secrets.add(name, text);
    return text;
  }

  private static void addKey(Needles needles, String key, String prefix) {
    String name = prefix + KeyForm.id(key, prefix);
    needles.add("secret of " + name, Secrets.secretPart(key, prefix));
    needles.add(name + " percent-encoded", URLEncoder.encode(key, UTF_8).replace("_", "%5F"));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  /** Looks through an answer that may hold no secret. */
  Answer clean(Answer answer) {
    note(answer.call(), secrets.in(answer.body() + answer.headers()));
    return answer;
  }

  /** Looks through a text that may hold no secret. */
  void clean(String where, String text) {
    note(where, secrets.in(text));
  }

  /** Looks through a file that may hold no secret. */
  void clean(Path file) {
    note(file.getFileName().toString(), secrets.in(file));
  }

  /** Looks outside the heap for the secrets that were only ever answered. */
  void note(String where, Set<String> names) {
    names.forEach(name -> found.add(where + " holds the " + name));
  }

  Needles unused() {
    return unused;
  }

  /**
   * Fails unless the file holds what it must hold: a search that can find nothing proves nothing.
   */
  void assertFinds(Path file) {
    assertThat(known.in(file)).as("known texts in %s", file).isNotEmpty();
  }

  void assertNothingFound() {
    assertThat(found).isEmpty();
  }
}
