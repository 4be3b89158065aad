package dev.keyway.core.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.apikey.KeyDigester.Match;
import dev.keyway.core.contract.Together;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KeyDigesterTest {
  private static final byte[] OLD = pepper(1);
  private static final byte[] NEW = pepper(2);

  private final KeyFormat.Generated made = KeyFormat.generate("mk_live_", new SecureRandom());
  private final KeyFormat.Generated other = KeyFormat.generate("mk_live_", new SecureRandom());

  @Test
  @DisplayName("MEMO-2 without a pepper the digest is SHA-256 of the secret part")
  void digest_withoutPepper_isSha256OfTheSecret() throws GeneralSecurityException {
    KeyDigest digest = new KeyDigester(Peppers.none()).digest(made.key());

    assertThat(digest.pepperVersion()).isEqualTo(KeyDigest.NO_PEPPER);
    assertThat(digest.toByteArray())
        .isEqualTo(MessageDigest.getInstance("SHA-256").digest(secretOf(made)));
  }

  @Test
  @DisplayName("MEMO-2 the digest is HMAC-SHA-256 of the secret part under the newest pepper")
  void digest_withPeppers_isHmacUnderTheGreatestVersion() throws GeneralSecurityException {
    KeyDigest digest = new KeyDigester(new Peppers(Map.of(9, NEW, 2, OLD))).digest(made.key());

    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(NEW, "HmacSHA256"));
    assertThat(digest.pepperVersion()).isEqualTo(9);
    assertThat(digest.toByteArray()).isEqualTo(mac.doFinal(secretOf(made)));
  }

  @Test
  void compare_rightSecret_isSame_andAnotherIsDifferent() {
    for (Peppers peppers : List.of(Peppers.none(), new Peppers(Map.of(1, OLD)))) {
      var digester = new KeyDigester(peppers);
      KeyDigest stored = digester.digest(made.key());

      assertThat(digester.compare(made.key(), stored)).isEqualTo(Match.SAME);
      assertThat(digester.compare(other.key(), stored)).isEqualTo(Match.DIFFERENT);
    }
  }

  @Test
  void compare_afterRotation_stillKnowsOlderDigests() {
    KeyDigest plain = new KeyDigester(Peppers.none()).digest(made.key());
    KeyDigest old = new KeyDigester(new Peppers(Map.of(1, OLD))).digest(made.key());
    var rotated = new KeyDigester(new Peppers(Map.of(1, OLD, 2, NEW)));

    assertThat(rotated.compare(made.key(), plain)).isEqualTo(Match.SAME);
    assertThat(rotated.compare(made.key(), old)).isEqualTo(Match.SAME);
    assertThat(rotated.compare(other.key(), old)).isEqualTo(Match.DIFFERENT);
    assertThat(rotated.digest(made.key()).pepperVersion()).isEqualTo(2);
  }

  @Test
  @DisplayName("ALL-5 a digest under a pepper that is not held says nothing about the key")
  void compare_pepperNotHeld_isMissing() {
    KeyDigest stored = new KeyDigester(new Peppers(Map.of(7, OLD))).digest(made.key());

    assertThat(new KeyDigester(Peppers.none()).compare(made.key(), stored))
        .isEqualTo(Match.PEPPER_MISSING);
    assertThat(new KeyDigester(new Peppers(Map.of(8, OLD))).compare(other.key(), stored))
        .isEqualTo(Match.PEPPER_MISSING);
  }

  @Test
  void compare_sameVersionAnotherPepper_isDifferent() {
    KeyDigest stored = new KeyDigester(new Peppers(Map.of(1, OLD))).digest(made.key());

    assertThat(new KeyDigester(new Peppers(Map.of(1, NEW))).compare(made.key(), stored))
        .isEqualTo(Match.DIFFERENT);
  }

  @Test
  void compare_onManyThreads_isAlwaysRight() {
    var digester = new KeyDigester(new Peppers(Map.of(1, OLD)));
    KeyDigest stored = digester.digest(made.key());

    List<Boolean> right =
        Together.run(
            4,
            _ -> {
              boolean all = true;
              for (int i = 0; i < 2_000; i++) {
                all &= digester.compare(made.key(), stored) == Match.SAME;
                all &= digester.compare(other.key(), stored) == Match.DIFFERENT;
              }
              return all;
            });

    assertThat(Set.copyOf(right)).containsExactly(true);
  }

  @Test
  void peppers_tooShortOrBadlyNumbered_areRefused() {
    assertThatThrownBy(() -> new Peppers(Map.of(1, new byte[31])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Peppers(Map.of(0, new byte[32])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new Peppers(Map.of(3, OLD, 5, NEW)).versions()).containsExactlyInAnyOrder(3, 5);
  }

  @Test
  void keyDigest_keepsItsBytesToItself() {
    byte[] bytes = new byte[32];
    var digest = new KeyDigest(0, bytes);
    bytes[0] = 1;
    digest.toByteArray()[1] = 1;

    assertThat(digest.toByteArray()).isEqualTo(new byte[32]);
    assertThatThrownBy(() -> new KeyDigest(0, new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] secretOf(KeyFormat.Generated made) {
    return made.secret().reveal().substring(20, 63).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] pepper(int fill) {
    byte[] pepper = new byte[32];
    Arrays.fill(pepper, (byte) fill);
    return pepper;
  }
}
