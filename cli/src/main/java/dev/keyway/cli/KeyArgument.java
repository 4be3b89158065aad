package dev.keyway.cli;

import dev.keyway.cli.credential.Credential;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A key's public id, as an argument; a whole key is refused, because it was just shown to others.
 */
record KeyArgument(String id) {
  private static final Pattern ID = Pattern.compile("key_[0-9A-Za-z]{12}");

  static final class Converter implements ITypeConverter<KeyArgument> {
    @Override
    public KeyArgument convert(@Nullable String text) {
      String given = text == null ? "" : text;
      if (Credential.isWhole(given)) {
        throw new TypeConversionException(
            "that is a whole key, which other users of this machine and the shell's history can now"
                + " read; its id is "
                + Credential.idIn(given)
                + ", and it may have to be revoked");
      }
      if (!ID.matcher(given).matches()) {
        throw new TypeConversionException(
            "'"
                + given
                + "' is no key's id; keyway keys list shows them, such as key_a1B2c3D4e5F6");
      }
      return new KeyArgument(given);
    }
  }
}
