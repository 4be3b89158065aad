package dev.keyway.server.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.RefusedException.RateLimited;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Argon2id: its text form, that it matches what it hashed, and its bounded queue. */
final class Argon2PasswordHasherTest {
  private final Argon2PasswordHasher hasher = new Argon2PasswordHasher(new SecureRandom());

  @AfterEach
  void stop() {
    hasher.close();
  }

  @Test
  void hash_matchesItsPasswordOnly() {
    String hash = hasher.hash("correct horse");
    assertThat(hash).matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[^$=]{22}\\$[^$=]{43}");
    assertThat(hasher.hash("correct horse")).isNotEqualTo(hash);
    assertThat(hasher.matches("correct horse", hash)).isTrue();
    assertThat(hasher.matches("correct horsf", hash)).isFalse();
    assertThat(hasher.matches("", hash)).isFalse();
  }

  @Test
  void noHash_matchesNothing() {
    assertThat(hasher.matches("anything", null)).isFalse();
  }

  @Test
  void hash_madeElsewhere_isRead() {
    var text = Argon2Text.parse("$argon2id$v=19$m=64,t=2,p=1$c29tZXNhbHQ$" + "A".repeat(32));
    assertThat(text.cost()).isEqualTo(new Argon2Text.Cost(64, 2, 1));
    assertThat(text.salt()).isEqualTo("somesalt".getBytes(StandardCharsets.UTF_8));
    assertThat(text.toString()).startsWith("$argon2id$v=19$m=64,t=2,p=1$c29tZXNhbHQ$AAAA");
  }

  @Test
  void hash_ofAnotherForm_isABug() {
    assertThatThrownBy(() -> hasher.matches("x", "$2b$10$bcrypt"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void signIns_beyondTheQueue_areTurnedAway() throws InterruptedException {
    List<Future<Boolean>> signIns = new ArrayList<>();
    try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int person = 0; person < 100; person++) {
        signIns.add(people.submit(() -> hasher.matches("x", null)));
      }
    }
    long turnedAway = 0;
    for (Future<Boolean> signIn : signIns) {
      try {
        assertThat(signIn.get()).isFalse();
      } catch (ExecutionException e) {
        assertThat(e.getCause()).isInstanceOf(RateLimited.class);
        turnedAway++;
      }
    }
    // One being hashed and sixteen waiting are served, whatever else finishes in the meantime.
    assertThat(turnedAway).isBetween(1L, 83L);
  }
}
