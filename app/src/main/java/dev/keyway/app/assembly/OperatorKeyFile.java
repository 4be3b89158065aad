package dev.keyway.app.assembly;

import dev.keyway.app.command.CommandFailedException;
import dev.keyway.core.apikey.KeySecret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  /**
   * Replaces the file; when this returns, the key is on the disk and will survive a power cut.
   *
   * @throws CommandFailedException when it cannot be written; the file is then as it was
   */
  void write(KeySecret secret) {
    Path part = path.resolveSibling("operator-key.part");
    try {
      Files.deleteIfExists(part);
      Files.createFile(
          part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      fill(part, secret);
      Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      flushFolder();
    } catch (IOException e) {
      discard(part);
      throw new CommandFailedException(
          "%s cannot be written: %s; nothing is made until it can".formatted(path, e.getMessage()),
          e);
    }
  }

  private static void fill(Path part, KeySecret secret) throws IOException {
    var text = ByteBuffer.wrap((secret.reveal() + "\n").getBytes(StandardCharsets.US_ASCII));
    try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      while (text.hasRemaining()) {
        var _ = channel.write(text);
      }
      channel.force(true);
    }
  }

  /** The new name is in the folder, and that is a thing to write as well. */
  private void flushFolder() throws IOException {
    try (var folder = FileChannel.open(path.resolveSibling(""), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  private static void discard(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // Why it could not be filled is the better thing to report.
    }
  }
}
