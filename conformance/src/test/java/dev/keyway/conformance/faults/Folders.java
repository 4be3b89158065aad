package dev.keyway.conformance.faults;

import dev.keyway.conformance.harness.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/**
 * Data folders of a test, made from one that was served before. Nobody but their owner may open
 * them, or the program would warn of that.
 */
final class Folders {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private Folders() {}

  /** Makes a folder with the profile {@code crash} and nothing else. */
  static Path withProfile(Path folder) {
    try {
      Files.createDirectories(folder.resolve("profiles"), OWNER_ONLY);
      Files.writeString(folder.resolve("profiles/crash.yaml"), Resource.text("faults/crash.yaml"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies a folder as it is at this moment. */
  static Path copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
