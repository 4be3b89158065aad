package dev.keyway.store.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.change.Place;
import dev.keyway.core.history.End;
import dev.keyway.core.history.Tombstone;
import dev.keyway.core.history.TombstoneSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link TombstoneSink} asks, of files that crashes and disks do things to. */
final class TombstoneFolderTest {
  private static final long LARGE = 1 << 20;

  @TempDir Path folder;

  @Test
  void read_givesBackWhatWasAppended() throws IOException {
    try (TombstoneSink sink = TombstoneFolder.open(folder, LARGE)) {
      sink.append(List.of(tombstone(1), tombstone(2)));
      sink.append(List.of(tombstone(3)));
    }

    assertThat(contents()).containsExactly(tombstone(1), tombstone(2), tombstone(3));
  }

  @Test
  void append_afterATornLine_isNotHiddenByIt() throws IOException {
    append(tombstone(1), tombstone(2));
    Path file = files().getFirst();
    byte[] whole = Files.readAllBytes(file);
    for (int length = 1; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      append(tombstone(3));

      assertThat(contents()).as("torn at %s", length).contains(tombstone(3));
      assertThat(contents()).isSubsetOf(tombstone(1), tombstone(2), tombstone(3));
      Files.delete(files().getLast());
    }
  }

  @Test
  void read_aLineWithAnyOneByteChanged_leavesItOut() throws IOException {
    append(tombstone(1));
    Path file = files().getFirst();
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length - 1; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 1;
      Files.write(file, damaged);

      assertThat(contents()).as("byte %s", i).isEmpty();
    }
  }

  @Test
  void append_toALargeFile_beginsAnother() throws IOException {
    try (TombstoneSink sink = TombstoneFolder.open(folder, 1)) {
      sink.append(List.of(tombstone(1)));
      sink.append(List.of(tombstone(2)));
    }

    assertThat(files()).hasSize(2);
    assertThat(contents()).containsExactly(tombstone(1), tombstone(2));
  }

  @Test
  void append_afterAFailure_worksAgain() throws IOException {
    try (TombstoneSink sink = TombstoneFolder.open(folder.resolve("a"), LARGE)) {
      Files.delete(folder.resolve("a"));
      assertThatThrownBy(() -> sink.append(List.of(tombstone(1)))).isInstanceOf(IOException.class);
      Files.createDirectory(folder.resolve("a"));

      sink.append(List.of(tombstone(1)));

      var read = new ArrayList<Tombstone>();
      sink.read(read::add);
      assertThat(read).containsExactly(tombstone(1));
    }
  }

  @Test
  void open_whereNoFolderCanBe_fails() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "", StandardOpenOption.CREATE_NEW);

    assertThatThrownBy(() -> TombstoneFolder.open(file, LARGE)).isInstanceOf(IOException.class);
  }

  private static Tombstone tombstone(long seq) {
    return new Tombstone(
        new Place(seq, seq * 31 - 100),
        Instant.ofEpochMilli(1_700_000_000_000L + seq),
        List.of(
            new End(End.What.KEY_REVOKED, "key_" + seq, ""),
            new End(End.What.MEMBER_LEFT, "wks_1", "acc_2")));
  }

  private void append(Tombstone... tombstones) throws IOException {
    try (TombstoneSink sink = TombstoneFolder.open(folder, LARGE)) {
      sink.append(List.of(tombstones));
    }
  }

  private List<Tombstone> contents() throws IOException {
    var read = new ArrayList<Tombstone>();
    try (TombstoneSink sink = TombstoneFolder.open(folder, LARGE)) {
      sink.read(read::add);
    }
    return read;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
