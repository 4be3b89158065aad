package dev.keyway.store.journal;

import dev.keyway.core.history.Tombstone;
import dev.keyway.core.history.TombstoneLine;
import dev.keyway.core.history.TombstoneSink;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tombstones in files of a folder. One file is added to until it is large; each process begins one
 * of its own, so that nothing is ever written behind what a crash has torn.
 */
public final class TombstoneFolder implements TombstoneSink {
  private static final Logger LOG = LoggerFactory.getLogger(TombstoneFolder.class);
  private static final String PREFIX = "tombstones-";
  private static final String SUFFIX = ".log";

  private final Path folder;
  private final long largestBytes;
  private @Nullable FileChannel file;

  private TombstoneFolder(Path folder, long largestBytes) {
    this.folder = folder;
    this.largestBytes = largestBytes;
  }

  /**
   * Opens a folder, which is made where it is missing, and makes sure that it can be written.
   *
   * @param largestBytes of a file that is still added to
   */
  public static TombstoneFolder open(Path folder, long largestBytes) throws IOException {
    Files.createDirectories(folder);
    Path probe = folder.resolve(".writable");
    Files.write(probe, new byte[] {'\n'}, StandardOpenOption.CREATE, StandardOpenOption.SYNC);
    Files.delete(probe);
    return new TombstoneFolder(folder, largestBytes);
  }

  @Override
  public void read(Consumer<Tombstone> reader) throws IOException {
    for (Path one : files()) {
      read(one, reader);
    }
  }

  /** In ISO 8859-1 every byte is a character, so that damage is a wrong sum and no exception. */
  private static void read(Path file, Consumer<Tombstone> reader) throws IOException {
    int damaged = 0;
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        var tombstone = TombstoneLine.read(line);
        tombstone.ifPresent(reader);
        damaged += tombstone.isPresent() ? 0 : 1;
      }
    }
    if (damaged > 0) {
      LOG.atWarn()
          .addKeyValue("file", file.getFileName())
          .addKeyValue("lines", damaged)
          .log("lines of the tombstones' journal are torn or damaged and left out");
    }
  }

  @Override
  public void append(List<Tombstone> tombstones) throws IOException {
    var text = new StringBuilder();
    tombstones.forEach(one -> text.append(TombstoneLine.of(one)).append('\n'));
    ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text.toString());
    try {
      FileChannel open = current();
      while (bytes.hasRemaining()) {
        open.write(bytes);
      }
      open.force(false);
    } catch (IOException e) {
      // The next attempt begins a file of its own, behind nothing that is torn.
      close();
      throw e;
    }
  }

  private FileChannel current() throws IOException {
    FileChannel open = file;
    if (open != null && open.size() < largestBytes) {
      return open;
    }
    close();
    FileChannel begun =
        FileChannel.open(next(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    file = begun;
    syncFolder();
    return begun;
  }

  private Path next() throws IOException {
    List<Path> files = files();
    long last = files.isEmpty() ? 0 : number(files.getLast());
    return folder.resolve("%s%010d%s".formatted(PREFIX, last + 1, SUFFIX));
  }

  /** A file whose name is not on the disk is not there after a crash. */
  private void syncFolder() throws IOException {
    try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(TombstoneFolder::isJournal).sorted().toList();
    }
  }

  private static boolean isJournal(Path path) {
    String name = path.getFileName().toString();
    return name.matches(PREFIX + "[0-9]{10}" + SUFFIX.replace(".", "\\."));
  }

  private static long number(Path path) {
    String name = path.getFileName().toString();
    return Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
  }

  @Override
  public String name() {
    return folder.toString();
  }

  @Override
  public void close() throws IOException {
    FileChannel open = file;
    file = null;
    if (open != null) {
      open.close();
    }
  }
}
