package dev.keyway.store.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Makes the files of a database so that nobody but their owner reads them. SQLite gives its
 * journals the permissions of the file they belong to.
 */
final class DatabaseFile {
  private DatabaseFile() {}

  /** Makes folder and file where they are missing. */
  static void prepare(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null && !Files.isDirectory(folder)) {
        Files.createDirectories(folder, ownerOnly("rwx------"));
      }
      if (!Files.exists(file)) {
        Files.createFile(file, ownerOnly("rw-------"));
      }
    } catch (IOException e) {
      throw new UnusableDatabaseException("cannot create " + file + ": " + reason(e), e);
    }
  }

  /** Makes an empty file that must not exist yet. */
  static void create(Path file) {
    try {
      Files.createFile(file, ownerOnly("rw-------"));
    } catch (FileAlreadyExistsException e) {
      throw new UnusableDatabaseException(file + " exists already", e);
    } catch (IOException e) {
      throw new UnusableDatabaseException("cannot create " + file + ": " + reason(e), e);
    }
  }

  /**
   * Gives a file that is written to its end the name it is looked for under, and returns once both
   * are on the disk; a file of that name is left alone.
   */
  static void publish(Path part, Path whole) throws IOException {
    sync(part);
    Files.move(part, whole);
    sync(whole.toAbsolutePath().resolveSibling(""));
  }

  private static void sync(Path path) throws IOException {
    // What is written through other channels of the process is flushed by any.
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Removes a file that could not be filled, if that is possible. */
  static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Why it could not be filled is the better thing to report.
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName();
  }

  private static FileAttribute<?>[] ownerOnly(String permissions) {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }
}
