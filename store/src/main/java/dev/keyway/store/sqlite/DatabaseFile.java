package dev.keyway.store.sqlite;

import dev.keyway.store.UnusableDatabaseException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes the files of a database so that nobody but their owner reads them. SQLite gives its
 * journals the permissions of the file they belong to.
 */
final class DatabaseFile {
  /** What is read in a fraction of a second. */
  private static final long LARGE_BYTES = 256L << 20;

  /** What SQLite keeps beside a database, and would play into any file of that name. */
  private static final List<String> JOURNALS = List.of("-wal", "-shm", "-journal");

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

  /** Where a restore writes until it is done. */
  static Path restoring(Path file) {
    return file.resolveSibling(file.getFileName() + ".part");
  }

  /**
   * Whether there is no file, and nothing that says that there ought to be one.
   *
   * @throws UnusableDatabaseException when it is empty, or only what belongs to it is there: a new
   *     one in its place would hide what is lost, or be filled with it
   */
  static boolean isMissing(Path file) {
    try {
      boolean isThere = Files.exists(file);
      if (isThere && Files.size(file) > 0) {
        return false;
      }
      requireNoJournal(file);
      requireNoRestore(file);
      if (isThere) {
        // SQLite would take it for a new one, and what it held would be gone without a word.
        throw new UnusableDatabaseException(
            file + " is empty; restore a backup, or remove the file to begin anew", null);
      }
      return true;
    } catch (IOException e) {
      throw new UnusableDatabaseException("cannot read " + file + ": " + reason(e), e);
    }
  }

  /**
   * A journal holds what was committed and is not in its file yet; SQLite plays it into whatever
   * file it finds under that name.
   */
  static void requireNoJournal(Path file) {
    List<Path> left = journals(file).stream().filter(Files::exists).toList();
    if (!left.isEmpty()) {
      throw new UnusableDatabaseException(
          "%s is missing or empty, but %s of it is there: put the file back, or move all of them away to begin anew"
              .formatted(file, shown(left)),
          null);
    }
  }

  private static void requireNoRestore(Path file) {
    Path part = restoring(file);
    var left = new ArrayList<Path>(journals(part));
    left.addFirst(part);
    left.removeIf(path -> !Files.exists(path));
    if (!left.isEmpty()) {
      throw new UnusableDatabaseException(
          "a restore was cut short and has left %s: remove it and restore again"
              .formatted(shown(left)),
          null);
    }
  }

  private static List<Path> journals(Path file) {
    return JOURNALS.stream().map(end -> file.resolveSibling(file.getFileName() + end)).toList();
  }

  private static String shown(List<Path> files) {
    return files.stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  /**
   * Makes the file beside its place and puts it there whole: a crash, also of the machine, leaves
   * all of it or none.
   */
  static void make(Path file, Filling fill) throws SQLException, IOException {
    Path part = file.resolveSibling(file.getFileName() + ".new");
    discardWhole(part);
    create(part);
    fill.fill(part);
    requireWhole(part);
    try {
      publish(part, file);
    } catch (IOException e) {
      throw new UnusableDatabaseException("cannot create " + file + ": " + reason(e), e);
    }
  }

  /** A file that is moved leaves behind what is only in its journal. */
  static void requireWhole(Path part) {
    if (journals(part).stream().anyMatch(Files::exists)) {
      throw new UnusableDatabaseException("cannot write all of " + part + " to the disk", null);
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
    requireWhole(part);
    requireNoJournal(whole);
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

  /** The same for a database and what SQLite keeps beside it. */
  static void discardWhole(Path file) {
    discard(file);
    journals(file).forEach(DatabaseFile::discard);
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
