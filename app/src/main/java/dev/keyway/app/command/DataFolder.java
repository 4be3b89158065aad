package dev.keyway.app.command;

import dev.keyway.app.yaml.YamlFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * A data folder that belongs to this process: it holds the operating system's lock on {@code
 * keyway.lock}, which ends with the process however that ends.
 */
final class DataFolder implements AutoCloseable {
  static final String LOCK_FILE = "keyway.lock";

  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Makes the folder, for its owner only, where it is missing, and locks it.
   *
   * @throws CommandFailedException when another process holds it, or it cannot be made
   */
  static DataFolder open(Path path) {
    return open(path, "stop it or choose another by --data");
  }

  /** The same, telling whoever finds it in use what else to do. */
  static DataFolder open(Path path, String advice) {
    try {
      Files.createDirectories(path, ownerOnly());
      FileChannel channel =
          FileChannel.open(
              path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new CommandFailedException(
            "another keyway runs on the data folder %s; %s"
                .formatted(YamlFile.shown(path), advice));
      }
      return new DataFolder(path, channel);
    } catch (IOException e) {
      throw new CommandFailedException(
          "the data folder %s cannot be used: %s; see to its owner, permissions and mount"
              .formatted(YamlFile.shown(path), reason(e)),
          e);
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "permission denied";
      case FileAlreadyExistsException file -> "it is a file";
      case FileSystemException failure when failure.getReason() != null ->
          String.valueOf(failure.getReason());
      default -> String.valueOf(e.getMessage());
    };
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by this very process: to the caller the same as by another.
      return null;
    }
  }

  /** What makes a new folder one that only its owner can look into. */
  static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new CommandFailedException("the data folder cannot be released: " + e, e);
    }
  }
}
