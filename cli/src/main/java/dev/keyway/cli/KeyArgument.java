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
      if (!ID.matcher(given).matches()) {
        throw new TypeConversionException(
            "'"
                + Credential.masked(given)
                + "' is no key's id; keyway keys list shows them, such as key_a1B2c3D4e5F6");
      }
      return new KeyArgument(given);
    }
  }
}
