package dev.keyway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts that are kept in files and compared with what the program says now.
 *
 * <p>{@code -Dgolden=write} rewrites the files; the change is then seen in review.
 */
public final class Golden {
  private Golden() {}

  /** Checks that a file of the project says what the program says. */
  public static void assertSame(Path file, String actual) throws IOException {
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, actual);
    }
    assertThat(file).as("run the test with -Dgolden=write to make it").exists();
    assertThat(actual).isEqualTo(Files.readString(file));
  }
}
