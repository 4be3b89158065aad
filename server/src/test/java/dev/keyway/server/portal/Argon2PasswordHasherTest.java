package dev.keyway.server.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.RefusedException.RateLimited;
import dev.keyway.core.session.Password;
import dev.keyway.core.session.PasswordHasher;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
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
  void hash_fitsItsPasswordOnly() {
    String hash = hash("correct horse", null);
    assertThat(hash).matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[^$=]{22}\\$[^$=]{43}");
    assertThat(hash("correct horse", null)).isNotEqualTo(hash);
    assertThat(compare("correct horse", hash).fits(hash)).isTrue();
    assertThat(compare("correct horsf", hash).fits(hash)).isFalse();
  }

  @Test
  void noHash_fitsNothing() {
    assertThat(compare("anything", null).fits(null)).isFalse();
    assertThat(compare("anything", hash("anything", null)).fits(null)).isFalse();
  }

  @Test
  void hash_ofASibling_sharesItsSaltSoThatOneComparisonFitsBoth() {
    String first = hash("correct horse", null);
    String same = hash("correct horse", first);
    String other = hash("another horse", first);
    String alone = hash("correct horse", null);

    var comparison = compare("correct horse", first);

    assertThat(comparison.fits(first)).isTrue();
    assertThat(comparison.fits(same)).isTrue();
    assertThat(comparison.fits(other)).isFalse();
    assertThat(comparison.fits(alone)).isFalse();
    assertThat(compare("another horse", first).fits(other)).isTrue();
  }

  @Test
  void hash_ofASiblingAtAnotherCost_hasItsOwnSaltAtTodaysCost() {
    String old = "$argon2id$v=19$m=64,t=2,p=1$c29tZXNhbHQ$" + "A".repeat(32);
    assertThat(hash("correct horse", old)).contains("m=19456").doesNotContain("c29tZXNhbHQ");
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
    assertThatThrownBy(() -> compare("x", "$2b$10$bcrypt"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void signIns_beyondTheQueue_areTurnedAway() throws InterruptedException {
    List<Future<Boolean>> signIns = new ArrayList<>();
    try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int person = 0; person < 100; person++) {
        signIns.add(people.submit(() -> compare("x", null).fits(null)));
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

  private String hash(String password, @Nullable String sibling) {
    return hasher.hash(Password.given("password", password), sibling);
  }

  private PasswordHasher.Comparison compare(String password, @Nullable String model) {
    return hasher.compare(Password.given("password", password), model);
  }
}
