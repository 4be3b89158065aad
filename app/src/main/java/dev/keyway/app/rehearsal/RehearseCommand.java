package dev.keyway.app.rehearsal;

import dev.keyway.app.command.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code keyway rehearse}: for the launcher, which trains the Java machine's cache with it. */
@Command(
    name = "rehearse",
    hidden = true,
    description = "Start, use and stop the program in a temporary folder, and leave nothing.")
public final class RehearseCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    try {
      Path folder = Files.createTempDirectory("keyway-rehearsal");
      try {
        new Rehearsal(folder).run();
      } finally {
        remove(folder);
      }
      return 0;
    } catch (IOException | RuntimeException e) {
      throw new CommandFailedException("the rehearsal failed: " + e.getMessage(), e);
    }
  }

  private static void remove(Path folder) throws IOException {
    List<Path> all;
    try (var files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.deleteIfExists(file);
    }
  }
}
