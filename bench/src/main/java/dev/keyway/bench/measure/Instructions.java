package dev.keyway.bench.measure;

import dev.keyway.bench.BenchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Counts the instructions that processes execute, by {@code perf stat}, where the machine can. */
public final class Instructions {
  private final String perf;

  private Instructions(String perf) {
    this.perf = perf;
  }

  /** What perf says when it may and can count; virtual machines often hide the counters. */
  public static boolean areCountable(String perf) {
    return parse(Shell.output(List.of(perf, "stat", "-x,", "-e", "instructions", "true")))
        .isPresent();
  }

  public static Instructions by(String perf) {
    return new Instructions(perf);
  }

  /** Counts from now on for these processes with all their threads. */
  public Count of(List<Long> pids) {
    String list = pids.stream().map(String::valueOf).collect(Collectors.joining(","));
    try {
      return new Count(
          new ProcessBuilder(perf, "stat", "-x,", "-e", "instructions", "-p", list)
              .redirectErrorStream(true)
              .start());
    } catch (IOException e) {
      throw new BenchException("cannot run perf: " + e.getMessage(), e);
    }
  }

  /** A count under way. */
  public static final class Count {
    private final Process process;

    private Count(Process process) {
      this.process = process;
    }

    /** Ends the count; empty when perf has not counted. */
    public OptionalLong end() {
      // perf prints its counts when it is interrupted.
      Shell.output(List.of("kill", "-INT", String.valueOf(process.pid())));
      try {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return parse(text);
      } catch (IOException e) {
        return OptionalLong.empty();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BenchException("interrupted", e);
      }
    }
  }

  /** Reads lines such as {@code 123456,,instructions,…}; {@code <not supported>} is no count. */
  static OptionalLong parse(String output) {
    return output
        .lines()
        .map(line -> line.split(",", -1))
        .filter(fields -> fields.length > 2 && fields[2].startsWith("instructions"))
        .filter(fields -> fields[0].matches("[0-9]+"))
        .mapToLong(fields -> Long.parseLong(fields[0]))
        .findFirst();
  }
}
