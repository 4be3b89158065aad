package dev.keyway.bench.profile;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.measure.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;

/** Starts and stops the profilers in a running Java machine, by jcmd. */
final class Agents {
  private static final String JCMD =
      Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();

  private final Path folder;
  private final Path library;
  private int number;

  /**
   * The profilers.
   *
   * @param jar async-profiler's, which holds its library
   */
  Agents(Path jar, Path folder) {
    this.folder = folder;
    this.library = folder.resolve("libasyncProfiler.so");
    String machine = System.getProperty("os.arch").equals("aarch64") ? "linux-arm64" : "linux-x64";
    String entry = machine + "/libasyncProfiler.so";
    try (var file = new JarFile(jar.toFile())) {
      try (InputStream in = file.getInputStream(file.getEntry(entry))) {
        Files.copy(in, library, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new BenchException("cannot unpack async-profiler: " + e.getMessage(), e);
    }
  }

  void startFlightRecorder(long pid) {
    Path settings = folder.resolve("profile.jfc");
    try (InputStream in = Agents.class.getResourceAsStream("profile.jfc")) {
      if (in == null) {
        throw new IllegalStateException("profile.jfc is missing in the jar");
      }
      Files.copy(in, settings, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new BenchException("cannot write profile.jfc: " + e.getMessage(), e);
    }
    jcmd(pid, "JFR.start", "name=bench", "settings=" + settings);
  }

  Path stopFlightRecorder(long pid) {
    Path file = folder.resolve("profile-" + ++number + ".jfr");
    jcmd(pid, "JFR.stop", "name=bench", "filename=" + file);
    return require(file);
  }

  /** Samples by thread, so that the event loops can be told from the rest. */
  void startAsync(long pid, String event, String interval) {
    agent(pid, "start,event=%s,interval=%s,threads".formatted(event, interval));
  }

  /** Stops and answers the collapsed stacks with their weights. */
  Path stopAsync(long pid) {
    Path file = folder.resolve("profile-" + ++number + ".collapsed");
    agent(pid, "stop,collapsed,total,threads,file=" + file);
    return require(file);
  }

  private void agent(long pid, String command) {
    jcmd(pid, "JVMTI.agent_load", library.toString(), "\"" + command + "\"");
  }

  private static void jcmd(long pid, String... command) {
    var words = new ArrayList<>(List.of(JCMD, String.valueOf(pid)));
    words.addAll(List.of(command));
    String output = Shell.output(words);
    if (output.contains("Exception") || output.contains("return code: -")) {
      throw new BenchException("jcmd " + command[0] + ": " + output);
    }
  }

  private static Path require(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new BenchException("the profiler has not written " + file.getFileName());
    }
    return file;
  }
}
