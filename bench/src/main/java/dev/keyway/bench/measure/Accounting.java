package dev.keyway.bench.measure;

import dev.keyway.bench.BenchException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The operating system's accounting of CPU time, read from {@code /proc} (Linux only). */
public final class Accounting {
  private static final Path PROC = Path.of("/proc");

  private final long ticksPerSecond;

  private Accounting(long ticksPerSecond) {
    this.ticksPerSecond = ticksPerSecond;
  }

  /**
   * The accounting of this machine.
   *
   * @throws BenchException where there is none
   */
  public static Accounting ofThisMachine() {
    if (!Files.isReadable(PROC.resolve("self/stat"))) {
      throw new BenchException("CPU time is read from /proc, which only Linux has");
    }
    return new Accounting(Long.parseLong(Shell.output(List.of("getconf", "CLK_TCK")).strip()));
  }

  /** What every process and the machine have used until now. */
  public Snapshot snapshot() {
    try {
      var machine = MachineStat.parse(Files.readString(PROC.resolve("stat")));
      return new Snapshot(new ProcessTree(processes()), machine, System.nanoTime(), ticksPerSecond);
    } catch (IOException e) {
      throw new BenchException("cannot read /proc: " + e.getMessage(), e);
    }
  }

  private static List<ProcessStat> processes() throws IOException {
    var all = new ArrayList<ProcessStat>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path entry : entries) {
        try {
          all.add(ProcessStat.parse(Files.readString(entry.resolve("stat"))));
        } catch (IOException _) {
          // It ended between the listing and the reading; its parent's time has it now.
        }
      }
    }
    return all;
  }
}
