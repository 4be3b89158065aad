package dev.keyway.conformance.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Program;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A start on a folder that cannot be used: one line that says what to do, and nothing changed. */
@DisplayName("Start: on a broken store")
final class BrokenStoreTest {
  private static final String DATABASE = "keyway.db";

  @TempDir static Path folder;
  private static Path sound = Path.of("");

  @BeforeAll
  static void makeASoundOne() {
    sound = Folders.withProfile(folder.resolve("sound"));
    try (ServedKeyway keyway = ServedKeyway.start(sound, "", Map.of())) {
      String account = keyway.tenants().account("crash");
      for (int i = 0; i < 20; i++) {
        var _ = keyway.tenants().key("crash", account);
      }
    }
  }

  /** Breaks the content of a database. */
  @FunctionalInterface
  private interface Damage {
    byte[] apply(byte[] content);
  }

  @TestFactory
  Stream<DynamicTest> serve_brokenFile_refusesInOneLineAndLeavesItAlone() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    System.out.println("BrokenStoreTest: seed " + seed);
    return Stream.of(
        broken("random bytes in the header", "no database", it -> overwrite(it, 0, 100, random)),
        broken(
            "random bytes from the middle on",
            "damaged; restore a backup",
            it -> overwrite(it, it.length / 2, it.length, random)),
        broken("cut in the middle", "damaged", it -> Arrays.copyOf(it, it.length / 2)),
        broken("cut by one page", "damaged", it -> Arrays.copyOf(it, it.length - 4096)),
        broken("cut to nothing", "is empty; restore a backup", _ -> new byte[0]),
        broken("a text", "no database", _ -> "shopping list\n".repeat(99).getBytes(UTF_8)),
        broken("another program's", "another program", _ -> foreign()));
  }

  private static DynamicTest broken(String name, String reason, Damage damage) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          Path data = Folders.copy(sound, folder.resolve(name.replace(' ', '-')));
          byte[] content = damage.apply(Files.readAllBytes(data.resolve(DATABASE)));
          Files.write(data.resolve(DATABASE), content);
          assertRefused(List.of(), data, DATABASE, reason);
          assertThat(data.resolve(DATABASE)).hasBinaryContent(content);
        });
  }

  @Test
  void serve_secondProcess_exitsInOneLine_andTheFirstGoesOn() {
    Path data = Folders.copy(sound, folder.resolve("two"));
    try (ServedKeyway keyway = ServedKeyway.start(data, "", Map.of())) {
      assertRefused(List.of(), data, "another keyway runs", "stop it or choose another");
      keyway.operator().get("/v1/keys?product=crash").expect(200);
    }
  }

  @Test
  void serve_readOnlyFolder_refusesInOneLine() throws IOException {
    Path data = Folders.copy(sound, folder.resolve("read-only"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("r-x------"));
    for (String file : List.of(DATABASE, "keyway.lock")) {
      Files.setPosixFilePermissions(
          data.resolve(file), PosixFilePermissions.fromString("r--------"));
    }
    assertRefused(withoutOverride(), data, "data folder", "permission denied", "permissions");
  }

  @Test
  void serve_readOnlyDatabase_refusesInOneLine() throws IOException {
    Path data = Folders.copy(sound, folder.resolve("read-only-file"));
    Files.setPosixFilePermissions(
        data.resolve(DATABASE), PosixFilePermissions.fromString("r--------"));
    assertRefused(withoutOverride(), data, DATABASE, "cannot be written", "permissions");
  }

  @Test
  void serve_dataIsAFile_refusesInOneLine() throws IOException {
    Path data = Files.writeString(folder.resolve("file"), "not a folder");
    assertRefused(List.of(), data, "profiles");
  }

  /** Permissions do not bind root; the capability that lets it pass can be given up. */
  private static List<String> withoutOverride() {
    return ownUid() == 0
        ? List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")
        : List.of();
  }

  private static int ownUid() {
    try {
      return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertRefused(List<String> wrapper, Path data, String... said) {
    try {
      Path where = Files.createTempDirectory(folder, "log");
      String[] serve = {
        "serve", "--data", data.toString(), "--profiles", sound.resolve("profiles").toString()
      };
      if (said[0].equals("profiles")) {
        serve = new String[] {"serve", "--data", data.toString()};
      }
      try (Program program = Program.startUnder(wrapper, where, Map.of(), serve)) {
        assertThat(program.exitStatus()).as(program.output()).isEqualTo(1);
        List<String> lines = program.output().lines().toList();
        assertThat(lines).as("a single line").hasSize(1);
        assertThat(lines.getFirst())
            .startsWith("keyway: ")
            .contains(said)
            .doesNotContain("Exception", "bug");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] overwrite(byte[] content, int from, int to, Random random) {
    byte[] noise = new byte[to - from];
    random.nextBytes(noise);
    System.arraycopy(noise, 0, content, from, noise.length);
    return content;
  }

  private static byte[] foreign() {
    return Base64.getMimeDecoder().decode(Resource.text("faults/foreign.db.base64"));
  }
}
