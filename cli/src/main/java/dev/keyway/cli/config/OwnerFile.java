package dev.keyway.cli.config;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only their owner may read, from their first byte on. */
public final class OwnerFile {
  private OwnerFile() {}

  /** Puts a whole new file in the place of whatever is there. */
  public static void replace(Path path, String text) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    Files.createDirectories(folder, permissions("rwx------"));
    Path made =
        Files.createTempFile(folder, "." + path.getFileName(), null, permissions("rw-------"));
    try {
      Files.writeString(made, text);
      Files.move(made, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(made);
    }
  }

  /**
   * Makes an empty file.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is one
   */
  public static void create(Path path) throws IOException {
    Files.createFile(path, permissions("rw-------"));
  }

  /** Writes into a file that {@link #create} has made. */
  public static void fill(Path path, String text) throws IOException {
    Files.writeString(path, text, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  private static FileAttribute<?>[] permissions(String posix) {
    boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return isPosix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(posix))
        }
        : new FileAttribute<?>[0];
  }
}
