package dev.keyway.conformance.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The cache of linked classes (JEP 514) that every start of the suites uses, as every start by the
 * launcher does. It is trained once for a test run, from the jars that this run has packaged.
 */
public final class TrainedCache {
  private static final long LIMIT_SECONDS = 120;

  private TrainedCache() {}

  /** The cache's file. */
  public static Path file() {
    return Holder.FILE;
  }

  /** What makes the Java machine use it, or go on in silence where it does not fit. */
  static List<String> options() {
    return List.of("-XX:AOTCache=" + file(), "-Xlog:aot*=off", "-Xlog:cds*=off");
  }

  private static final class Holder {
    static final Path FILE = train(RunningKeyway.temporaryFolder("keyway-cache"));
  }

  private static Path train(Path folder) {
    Path cache = folder.resolve("keyway.aot");
    Path output = folder.resolve("training.log");
    try {
      Path temporary = Files.createDirectory(folder.resolve("temporary"));
      List<String> command =
          Program.plain(
              List.of("-XX:AOTCacheOutput=" + cache, "-Djava.io.tmpdir=" + temporary), "rehearse");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      assertThat(process.waitFor()).as("training: " + Files.readString(output)).isZero();
      assertThat(temporary).as("what the rehearsal leaves behind").isEmptyDirectory();
      return cache;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
