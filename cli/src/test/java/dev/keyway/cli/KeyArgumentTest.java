package dev.keyway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class KeyArgumentTest {
  private final KeyArgument.Converter converter = new KeyArgument.Converter();

  @Test
  void convert_takesAnId() {
    assertThat(converter.convert("key_a1B2c3D4e5F6").id()).isEqualTo("key_a1B2c3D4e5F6");
  }

  @Test
  void convert_ofAWholeKey_namesItsIdAndNotTheRest() {
    String secret = "S".repeat(43) + "c0ffee";

    assertThatThrownBy(() -> converter.convert("mk_live_a1B2c3D4e5F6" + secret))
        .hasMessageContaining("key_a1B2c3D4e5F6")
        .hasMessageNotContaining(secret);
  }

  @Test
  void convert_ofAnythingElse_says() {
    assertThatThrownBy(() -> converter.convert("ci")).hasMessageContaining("no key's id");
  }
}
