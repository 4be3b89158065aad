package dev.keyway.cli.connect;

import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Paths as people write them: {@code ~/.cursor/mcp.json}, {@code %APPDATA%\\…}. */
final class HomePath {
  private static final Pattern VARIABLE = Pattern.compile("%([A-Za-z_]+)%");

  private HomePath() {}

  static Path of(String text, Function<String, @Nullable String> environment, Path home) {
    if (text.startsWith("~/")) {
      return home.resolve(text.substring(2));
    }
    String filled =
        VARIABLE
            .matcher(text)
            .replaceAll(match -> {
              String value = environment.apply(match.group(1));
              return Matcher.quoteReplacement(value == null ? match.group() : value);
            });
    return Path.of(filled);
  }
}
