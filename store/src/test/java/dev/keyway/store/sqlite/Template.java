package dev.keyway.store.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An empty database to copy: hundreds of tests then need not migrate one each. */
final class Template {
  private static final byte[] CONTENT = make();

  private Template() {}

  static void putInto(Path folder) {
    Path file = folder.resolve(SqliteDatabase.FILE_NAME);
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(folder);
        Files.write(file, CONTENT);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] make() {
    try {
      Path folder = Files.createTempDirectory("keyway-template");
      Path file = folder.resolve(SqliteDatabase.FILE_NAME);
      SqliteDatabase.open(folder).close();
      byte[] content = Files.readAllBytes(file);
      Files.delete(file);
      Files.delete(folder);
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
