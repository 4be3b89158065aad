package dev.keyway.store.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;

/**
 * Makes the files of a database so that nobody but their owner reads them. SQLite gives its
 * journals the permissions of the file they belong to.
 */
final class DatabaseFile {
  /** What is read in a fraction of a second. */
  private static final long LARGE_BYTES = 256L << 20;

  private DatabaseFile() {}

  /** Makes the folder where it is missing. */
  static void prepareFolder(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null && !Files.isDirectory(folder)) {
        Files.createDirectories(folder, ownerOnly("rwx------"));
      }
    } catch (IOException e) {
      throw new UnusableDatabaseException("cannot create " + file + ": " + reason(e), e);
    }
  }

  /** Whether there is no file; one that is there and empty is damaged. */
  static boolean isMissing(Path file) {
    try {
      if (Files.exists(file) && Files.size(file) == 0) {
        // SQLite would take it for a new one, and what it held would be gone without a word.
        throw new UnusableDatabaseException(
            file + " is empty; restore a backup, or remove the file to begin anew", null);
      }
      return !Files.exists(file);
    } catch (IOException e) {
      throw new UnusableDatabaseException("cannot read " + file + ": " + reason(e), e);
    }
  }

  /**
   * Makes the file beside its place and puts it there whole: a crash, also of the machine, leaves
   * all of it or none.
   */
  static void make(Path file, Filling fill) throws SQLException, IOException {
    Path part = file.resolveSibling(file.getFileName() + ".new");
    for (String rest : new String[] {"", "-wal", "-shm", "-journal"}) {
      discard(part.resolveSibling(part.getFileName() + rest));
    }
    create(part);
    fill.fill(part);
    try {
      publish(part, file);
    } catch (IOException e) {
      throw new UnusableDatabaseException("cannot create " + file + ": " + reason(e), e);
    }
  }

  /** Makes a database in an empty file, and closes it. */
  interface Filling {
    void fill(Path file) throws SQLException, IOException;
  }

  /**
   * What to ask SQLite to learn whether the file is sound: it is read from end to end unless it is
   * large and was closed in order.
   */
  static String question(Path file) {
    Path journal = file.resolveSibling(file.getFileName() + "-wal");
    try {
      boolean wasClosed = !Files.exists(journal) || Files.size(journal) == 0;
      boolean isLarge = Files.size(file) > LARGE_BYTES;
      return wasClosed && isLarge ? "SELECT 'ok' FROM sqlite_master" : "PRAGMA quick_check(1)";
    } catch (IOException e) {
      return "PRAGMA quick_check(1)";
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
    String said = e instanceof FileSystemException failure ? failure.getReason() : null;
    return said == null ? e.getClass().getSimpleName() : said;
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
