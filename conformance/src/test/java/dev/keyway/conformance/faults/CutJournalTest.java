package dev.keyway.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.ServedKeyway;
import dev.keyway.conformance.harness.Tenants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A journal that lost its end, as on a disk that lied about what it had written: the store is one
 * that was, and what had reached the database file is there.
 */
@DisplayName("Journal cut after kill -9")
final class CutJournalTest {
  private static final int CUTS = Boolean.getBoolean("keyway.faults") ? 40 : 4;
  private static final int KEYS = 12;

  private final long seed = Long.getLong("keyway.seed", System.nanoTime());

  @Test
  @DisplayName(
      "F21 a journal cut anywhere leaves an earlier state, whole, and never less than the file")
  void serve_journalCut_findsAnEarlierState(@TempDir Path folder) throws IOException {
    System.out.println("CutJournalTest: " + CUTS + " cuts, -Dkeyway.seed=" + seed);
    Path data = Folders.withProfile(folder.resolve("data"));
    List<NewKey> inFile = new ArrayList<>();
    String account;
    try (ServedKeyway keyway = ServedKeyway.start(data, "", Map.of())) {
      account = keyway.tenants().account("crash");
      make(keyway, account, inFile);
    }
    List<NewKey> inJournal = new ArrayList<>();
    try (ServedKeyway keyway = ServedKeyway.start(data, "", Map.of())) {
      make(keyway, account, inJournal);
      keyway.program().kill();
    }
    byte[] journal = Files.readAllBytes(data.resolve("keyway.db-wal"));
    assertThat(journal.length).isGreaterThan(KEYS * 4096);
    var random = new Random(seed);
    for (int i = 0; i < CUTS; i++) {
      int end =
          switch (i) {
            case 0 -> journal.length;
            case 1 -> 0;
            default -> random.nextInt(journal.length);
          };
      Path cut = Folders.copy(data, folder.resolve("cut-" + i));
      Files.write(cut.resolve("keyway.db-wal"), Arrays.copyOf(journal, end));
      int left = check(cut, inFile, inJournal);
      if (end == journal.length) {
        assertThat(left).as("keys of a journal that is whole").isEqualTo(KEYS);
      } else if (end == 0) {
        assertThat(left).as("keys of a journal that is gone").isZero();
      }
      Door.hangUp();
    }
  }

  private static void make(ServedKeyway keyway, String account, List<NewKey> keys) {
    for (int i = 0; i < KEYS; i++) {
      keys.add(keyway.tenants().key("crash", account));
    }
  }

  /** How many of the journal's keys are there: the first ones, without a gap. */
  private static int check(Path data, List<NewKey> inFile, List<NewKey> inJournal) {
    try (ServedKeyway keyway = ServedKeyway.start(data, "", Map.of())) {
      Tenants tenants = keyway.tenants();
      assertThat(inFile)
          .allSatisfy(key -> assertThat(tenants.verifyCode(key.secret())).isEqualTo("valid"));
      List<String> codes = inJournal.stream().map(key -> tenants.verifyCode(key.secret())).toList();
      int left = (int) codes.stream().filter("valid"::equals).count();
      // None of them may be left: then the cut took the first of them, too.
      assertThat(codes.subList(0, left)).allMatch("valid"::equals);
      assertThat(codes.subList(left, KEYS)).doesNotContain("valid");
      return left;
    }
  }
}
