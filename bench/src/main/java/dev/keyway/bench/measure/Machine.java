package dev.keyway.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The kind of machine that a figure belongs to; no name of it.
 *
 * @param processor its model
 * @param system distribution and kernel
 */
public record Machine(String processor, int cores, long memoryMebibytes, String system) {
  public static Machine ofThisOne() {
    return new Machine(
        field("/proc/cpuinfo", "model name", ':', System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        mebibytes(field("/proc/meminfo", "MemTotal", ':', "0 kB")),
        field("/etc/os-release", "PRETTY_NAME", '=', "Linux").replace("\"", "")
            + ", Linux "
            + kernel());
  }

  public String text() {
    return "%d cores, %s, %.0f GiB, %s"
        .formatted(cores, processor, memoryMebibytes / 1024.0, system);
  }

  /** Without what a builder appends, which says where the machine comes from. */
  private static String kernel() {
    return System.getProperty("os.version").replaceFirst("^([0-9.]+).*", "$1");
  }

  private static long mebibytes(String kibibytes) {
    return Long.parseLong(kibibytes.replaceAll("[^0-9]", "")) / 1024;
  }

  private static String field(String file, String name, char separator, String otherwise) {
    try (var lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(separator) + 1).strip())
          .findFirst()
          .orElse(otherwise);
    } catch (IOException _) {
      return otherwise;
    }
  }
}
