package dev.keyway.app.yaml;

import dev.keyway.app.yaml.YamlNode.Scalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts secrets in the place of {@code ${env:NAME}} and {@code ${file:PATH}}. Messages name the
 * variable or the file and never what was found there.
 */
public final class References {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(?:(env|file):)?([^}]*)}");
  private static final long MAX_FILE_BYTES = 64 * 1024;

  private final Function<String, @Nullable String> environment;
  private final Path folder;

  /**
   * References of one file.
   *
   * @param environment the variables, by name
   * @param folder what relative file names start from: the folder of the file that names them
   */
  public References(Function<String, @Nullable String> environment, Path folder) {
    this.environment = environment;
    this.folder = folder;
  }

  /** A file name, from the folder of the file that names it. */
  public Path path(String name) {
    return folder.resolve(name);
  }

  /** Text with its references resolved. Its mistakes do not quote it. */
  @Nullable String resolve(YamlNode node, Mistakes mistakes) {
    if (!(node instanceof Scalar scalar)) {
      mistakes.add(node, "must be text");
      return null;
    }
    int before = mistakes.count();
    Matcher matcher = REFERENCE.matcher(scalar.text());
    String resolved =
        matcher.replaceAll(
            match -> Matcher.quoteReplacement(one(match.group(1), match.group(2), node, mistakes)));
    if (matcher.replaceAll("").contains("${")) {
      mistakes.add(node, "a reference '${' is not closed with '}'");
    }
    return mistakes.count() == before ? resolved : null;
  }

  /** Text with its references resolved. */
  public Form<String> text() {
    return this::resolve;
  }

  /** One reference and nothing else: for values that must not stand in the file. */
  public Form<String> only(String what) {
    return (node, mistakes) -> {
      if (node instanceof Scalar scalar && REFERENCE.matcher(scalar.text()).matches()) {
        return resolve(node, mistakes);
      }
      mistakes.add(
          node,
          "must be \"${env:NAME}\" or \"${file:PATH}\": " + what + " does not belong in this file");
      return null;
    };
  }

  private String one(@Nullable String source, String name, YamlNode node, Mistakes mistakes) {
    if (source == null) {
      mistakes.add(node, "unknown reference '${" + name + "}'; write ${env:NAME} or ${file:PATH}");
      return "";
    }
    String found = source.equals("env") ? environment.apply(name) : content(name);
    if (found == null) {
      String kind =
          source.equals("env")
              ? "environment variable '%s' is not set"
              : "file '%s' cannot be read";
      mistakes.add(node, kind.formatted(name));
      return "";
    }
    if (found.isEmpty()) {
      mistakes.add(node, "${" + source + ":" + name + "} is empty");
    }
    return found;
  }

  private @Nullable String content(String name) {
    try {
      Path file = path(name);
      if (Files.size(file) > MAX_FILE_BYTES) {
        return null;
      }
      // Editors and `echo` end a file with a line break that is no part of the secret.
      return Files.readString(file).replaceFirst("\\R\\z", "");
    } catch (IOException | java.nio.file.InvalidPathException e) {
      return null;
    }
  }
}
