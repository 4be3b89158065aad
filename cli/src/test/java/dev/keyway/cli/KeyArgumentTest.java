package dev.keyway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.apikey.KeyFormat;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

final class KeyArgumentTest {
  private final KeyArgument.Converter converter = new KeyArgument.Converter();

  @Test
  void convert_takesAnId() {
    assertThat(converter.convert("key_a1B2c3D4e5F6").id()).isEqualTo("key_a1B2c3D4e5F6");
  }

  @Test
  void requireNoKey_ofAWholeKeyAnywhere_namesItsIdAndNotTheRest() {
    var generated = KeyFormat.generate("mk_live_", new SecureRandom());
    String key = generated.secret().reveal();

    for (String argument : new String[] {key, "--key=" + key, "Authorization: Bearer " + key}) {
      assertThatThrownBy(() -> Arguments.requireNoKey("login", argument))
          .isInstanceOf(CliException.class)
          .hasMessageContaining("key_" + generated.key().id().characters())
          .hasMessageNotContaining(key);
    }
    Arguments.requireNoKey("api", "POST", "/x", "--data", "a".repeat(200));
  }

  @Test
  void convert_ofAKeyWithASlip_doesNotRepeatIt() {
    String wrong = "mk_live_" + "a".repeat(61);

    assertThatThrownBy(() -> converter.convert(wrong)).hasMessageNotContaining(wrong);
  }

  @Test
  void convert_ofAnythingElse_says() {
    assertThatThrownBy(() -> converter.convert("ci")).hasMessageContaining("no key's id");
  }
}
