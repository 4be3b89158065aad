package dev.keyway.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeaderNameSetTest {

  @Test
  void contains_caseAndUnderscore_doNotMatter() {
    var set = new HeaderNameSet(List.of("X-API-Key", "Host"));

    assertThat(set.contains("x_api-KEY")).isTrue();
    assertThat(set.contains("host")).isTrue();
    assertThat(set.contains("X-API-Keys")).isFalse();
    assertThat(set.contains("")).isFalse();
  }

  @Test
  void contains_manyNames_findsEachAndNoOther() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      names.add("X-Header-" + i);
    }
    var set = new HeaderNameSet(names);

    assertThat(names).allMatch(set::contains);
    assertThat(set.contains("X-Header-200")).isFalse();
  }

  @Test
  void startsWith_foldsTheName() {
    assertThat(HeaderNameSet.startsWith("KEYWAY_Account-Id", "keyway-")).isTrue();
    assertThat(HeaderNameSet.startsWith("Keywayx", "keyway-")).isFalse();
    assertThat(HeaderNameSet.startsWith("Key", "keyway-")).isFalse();
  }
}
