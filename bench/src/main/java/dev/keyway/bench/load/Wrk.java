package dev.keyway.bench.load;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.measure.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The load generator wrk, with one thread: on few cores a second one would take the server's. */
public final class Wrk {
  private final String program;
  private final Path folder;
  private final Path script;
  private final AtomicInteger forms = new AtomicInteger();

  /**
   * Wrk with the script that rotates keys.
   *
   * @param folder where the script and the forms of requests are put
   */
  public Wrk(String program, Path folder) {
    this.program = program;
    this.folder = folder;
    this.script = folder.resolve("keys.lua");
    try (InputStream text = Wrk.class.getResourceAsStream("keys.lua")) {
      if (text == null) {
        throw new IllegalStateException("keys.lua is missing in the jar");
      }
      Files.copy(text, script);
    } catch (IOException e) {
      throw new BenchException("cannot write wrk's script: " + e.getMessage(), e);
    }
  }

  /**
   * Puts a load on a server and waits for its end.
   *
   * @throws BenchException if wrk could not run or its requests got no answers
   */
  public LoadResult run(Load load) {
    Path form = folder.resolve("request-" + forms.incrementAndGet());
    load.form().write(form);
    LoadResult result;
    try {
      result = LoadResult.parse(Shell.output(command(load, form)));
    } catch (IllegalArgumentException e) {
      throw new BenchException(String.valueOf(e.getMessage()), e);
    }
    if (result.requests() == 0 || result.broken() > 0) {
      throw new BenchException(
          "%s: %d requests answered, %d broken"
              .formatted(load.target(), result.requests(), result.broken()));
    }
    return result;
  }

  private List<String> command(Load load, Path form) {
    return List.of(
        program,
        "-t1",
        "-c" + load.connections(),
        "-d" + load.length().toSeconds() + "s",
        "--timeout",
        "5s",
        "-s",
        script.toString(),
        load.target().toString(),
        "--",
        load.keys().toString(),
        form.toString(),
        String.valueOf(load.longestPauseMillis()));
  }
}
