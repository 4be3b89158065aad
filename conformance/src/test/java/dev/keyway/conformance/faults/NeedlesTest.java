package dev.keyway.conformance.faults;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search that finds nothing proves something only if it can find. */
final class NeedlesTest {
  private static final int BLOCK_BYTES = 8 << 20;
  private static final String TEXT = "0123456789abcdefghij";

  @Test
  void in_file_findsTextsAcrossTheBoundaryOfBlocks(@TempDir Path folder) throws IOException {
    var needles = new Needles();
    needles.add("it", TEXT);
    for (int before = BLOCK_BYTES - TEXT.length() - 1; before <= BLOCK_BYTES + 1; before++) {
      byte[] bytes = new byte[BLOCK_BYTES + 100];
      System.arraycopy(TEXT.getBytes(UTF_16LE), 0, bytes, before, 2 * TEXT.length());
      Path file = Files.write(folder.resolve("file"), bytes);
      assertThat(needles.in(file)).as("after %d bytes", before).containsExactly("it as UTF-16");
    }
  }

  @Test
  void in_text_findsOnlyWhatIsWhole() {
    var needles = new Needles();
    needles.add("it", TEXT);

    assertThat(needles.in("…" + TEXT + "…")).containsExactly("it");
    assertThat(needles.in(TEXT.substring(1))).isEmpty();
    assertThat(needles.in(TEXT.substring(0, TEXT.length() - 1))).isEmpty();
  }
}
