package dev.keyway.cli.credential;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the system that is fed by its standard input, where no other process can look. */
final class Tool {
  /** A keychain that is locked asks its owner, which takes them a while. */
  private static final long PATIENCE_SECONDS = 60;

  private Tool() {}

  /** What it answered, with the exit code. */
  record Answer(int status, String out, String err) {}

  static boolean exists(String name, String path) {
    for (String folder : path.split(":", -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, name))) {
        return true;
      }
    }
    return false;
  }

  static Answer run(List<String> command, String input) throws IOException {
    Process process = new ProcessBuilder(command).start();
    // A question that nobody sees would keep it, and us, for good.
    var _ =
        process
            .onExit()
            .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .exceptionally(_ -> process.destroyForcibly());
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It has ended without reading; its status says why.
    }
    try {
      // What it complains of is short, and waits in the pipe until its answer is read.
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(process.waitFor(), out, err);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
