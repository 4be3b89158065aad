package dev.keyway.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path folder;

  /** Another process: takes the folder, says so, and holds it until its input ends. */
  public static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
      try (var held = DataFolder.open(Path.of(arguments[0]))) {
        System.out.println("holds " + held.path());
        if (System.in.read() >= 0) {
          throw new IllegalStateException("nobody writes to it");
        }
      }
    }
  }

  @Test
  @Timeout(60)
  void open_heldByAnotherProcess_isRefusedUntilThatEnds() throws Exception {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var said = holder.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.readLine()).isEqualTo("holds " + folder);
      assertThatThrownBy(() -> DataFolder.open(folder))
          .isInstanceOf(CommandFailedException.class)
          .hasMessage(
              "another keyway runs on the data folder %s; stop it or choose another by --data"
                  .formatted(folder));
    } finally {
      // Not asked to end: the lock of a process that was killed must go with it.
      holder.destroyForcibly();
    }
    assertThat(holder.waitFor(30, TimeUnit.SECONDS)).isTrue();
    try (var own = DataFolder.open(folder)) {
      assertThat(own.path()).isEqualTo(folder);
    }
  }

  @Test
  void open_fileInTheWay() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> DataFolder.open(file))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageStartingWith("the data folder " + file + " cannot be used");
  }
}
