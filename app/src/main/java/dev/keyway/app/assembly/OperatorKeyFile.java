package dev.keyway.app.assembly;

import dev.keyway.core.apikey.KeySecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The file that hands the first operator key to whoever installs Keyway: readable by its owner, and
 * to be removed once the key is kept elsewhere.
 */
final class OperatorKeyFile {
  private final Path path;

  OperatorKeyFile(Path folder) {
    this.path = folder.resolve("operator-key").toAbsolutePath();
  }

  Path path() {
    return path;
  }

  boolean exists() {
    return Files.exists(path);
  }

  void write(KeySecret secret) {
    try {
      Files.deleteIfExists(path);
      Files.createFile(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(path, secret.reveal() + "\n", StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be written", e);
    }
  }
}
