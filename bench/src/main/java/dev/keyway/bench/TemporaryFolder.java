package dev.keyway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that only its owner can read, gone when closed. */
public record TemporaryFolder(Path path) implements AutoCloseable {
  public static TemporaryFolder make() {
    try {
      return new TemporaryFolder(Files.createTempDirectory("keyway-bench-"));
    } catch (IOException e) {
      throw new BenchException("cannot make a temporary folder: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try (var files = Files.walk(path)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new BenchException("cannot delete " + path + ": " + e.getMessage(), e);
    }
  }
}
