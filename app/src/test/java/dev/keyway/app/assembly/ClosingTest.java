package dev.keyway.app.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {
  @Test
  void all_partsThatFail_keepNoneOpen() {
    List<String> closed = new ArrayList<>();

    Closing.all(
        () -> closed.add("first"),
        () -> {
          throw new IllegalStateException("a port that is stuck");
        },
        () -> closed.add("last"));

    assertThat(closed).containsExactly("first", "last");
  }
}
