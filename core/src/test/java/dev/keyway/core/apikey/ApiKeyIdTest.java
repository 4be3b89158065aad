package dev.keyway.core.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.Base62;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyIdTest {
  private final SecureRandom random = new SecureRandom();

  @ParameterizedTest
  @ValueSource(strings = {"000000000000", "zzzzzzzzzzzz", "0aZ9zA0bY8xB", "z00000000000"})
  void characters_areThoseItWasMadeOf(String characters) {
    var id = new ApiKeyId(characters);

    assertThat(id.characters()).isEqualTo(characters);
    assertThat(id).hasToString("key_" + characters);
    assertThat(ApiKeyId.parse(id.toString())).contains(id);
  }

  @Test
  void equals_ofManyIds_isThatOfTheirTexts() {
    Set<ApiKeyId> ids = new HashSet<>();
    Set<Integer> hashes = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      String text = Base62.random(random, ApiKeyId.LENGTH);
      var id = new ApiKeyId(text);
      ids.add(id);
      hashes.add(id.hashCode());
      assertThat(id).isEqualTo(new ApiKeyId(text)).hasSameHashCodeAs(new ApiKeyId(text));
      assertThat(id.characters()).isEqualTo(text);
    }

    assertThat(ids).hasSize(10_000);
    assertThat(hashes).hasSizeGreaterThan(9_990);
  }

  @Test
  void equals_oneCharacterDiffers_isFalse() {
    String text = "abcdefghijkl";
    for (int at = 0; at < text.length(); at++) {
      String other = text.substring(0, at) + '0' + text.substring(at + 1);
      assertThat(new ApiKeyId(other)).isNotEqualTo(new ApiKeyId(text));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abcdefghijk", "abcdefghijklm", "abcdefghijk-", "abcdefghijké"})
  void new_otherThanTwelveDigits_isRefused(String characters) {
    assertThatThrownBy(() -> new ApiKeyId(characters)).isInstanceOf(IllegalArgumentException.class);
    assertThat(ApiKeyId.parse("key_" + characters)).isEmpty();
  }
}
