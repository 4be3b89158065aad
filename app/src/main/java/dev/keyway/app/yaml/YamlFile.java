package dev.keyway.app.yaml;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A YAML file that is read by a form, wholly or not at all. */
public final class YamlFile {
  private static final long MAX_BYTES = 1024 * 1024;

  private YamlFile() {}

  /** The name of a file as its author would write it: without needless dots. */
  public static String shown(Path file) {
    return file.normalize().toString();
  }

  /**
   * The text of a file.
   *
   * @throws MistakesException when it cannot be read
   */
  public static String text(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new MistakesException(List.of(shown(file) + ": a file of settings this large?"));
      }
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw new MistakesException(List.of(shown(file) + ": is not UTF-8 text"));
    } catch (IOException e) {
      throw new MistakesException(List.of(shown(file) + ": cannot be read"));
    }
  }

  /**
   * Reads a text.
   *
   * @param file the name that messages give
   * @throws MistakesException naming every mistake
   */
  public static <T> T read(String file, String text, Form<T> form) {
    var mistakes = new Mistakes(file);
    T read = form.read(YamlText.read(text, mistakes), mistakes);
    mistakes.throwIfAny();
    if (read == null) {
      throw new IllegalStateException("nothing read and no mistake recorded");
    }
    return read;
  }
}
