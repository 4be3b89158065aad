package dev.keyway.conformance.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a running Java program holds in memory, seen from outside. */
final class ProcessMemory {
  private static final Pattern ADDRESS = Pattern.compile("0x([0-9a-f]{8,16})");
  private static final int BLOCK_BYTES = 8 << 20;

  private final long pid;

  ProcessMemory(long pid) {
    this.pid = pid;
  }

  /** A stretch of the address space. */
  private record Range(long start, long end) {
    boolean meets(Range other) {
      return start < other.end && other.start < end;
    }
  }

  /** Collects garbage and writes the objects that are left to the file. */
  void dumpLiveObjects(Path file) {
    assertThat(jcmd("GC.heap_dump", file.toString())).contains("Heap dump file created");
  }

  /**
   * The names of those texts that stand in memory outside the Java heap: what native code holds,
   * and what Netty and the JDK keep in direct buffers.
   *
   * @throws IOException when the system does not let us look
   */
  Set<String> outsideTheHeap(Needles needles) throws IOException {
    Range heap = heap();
    var found = new TreeSet<String>();
    byte[] block = new byte[BLOCK_BYTES];
    try (var memory = new RandomAccessFile("/proc/" + pid + "/mem", "r")) {
      for (Range range : writable()) {
        if (!range.meets(heap)) {
          search(memory, range, needles, block, found);
        }
      }
    }
    return found;
  }

  private static void search(
      RandomAccessFile memory, Range range, Needles needles, byte[] block, Set<String> found) {
    // Blocks overlap by more than the longest text.
    int step = BLOCK_BYTES - 4096;
    for (long at = range.start; at < range.end; at += step) {
      int length = (int) Math.min(BLOCK_BYTES, range.end - at);
      try {
        memory.seek(at);
        memory.readFully(block, 0, length);
        found.addAll(needles.in(block, length));
      } catch (IOException e) {
        // Reserved and not there, or given back since the list was read.
      }
    }
  }

  /** From the lowest to the highest address that the collector names. */
  private Range heap() {
    Matcher addresses = ADDRESS.matcher(jcmd("GC.heap_info"));
    long start = Long.MAX_VALUE;
    long end = 0;
    while (addresses.find()) {
      long address = Long.parseLong(addresses.group(1), 16);
      // Metaspace and the like are far above the heap and not part of it.
      start = Math.min(start, address);
      end = Math.max(end, address);
    }
    assertThat(end).as("an end of the heap").isGreaterThan(start);
    return new Range(start, end);
  }

  private List<Range> writable() throws IOException {
    var ranges = new ArrayList<Range>();
    for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(pid), "maps"))) {
      String[] words = line.split(" +", 6);
      if (words[1].startsWith("rw")) {
        String[] ends = words[0].split("-", 2);
        ranges.add(
            new Range(Long.parseUnsignedLong(ends[0], 16), Long.parseUnsignedLong(ends[1], 16)));
      }
    }
    return ranges;
  }

  private String jcmd(String... command) {
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    words.add(String.valueOf(pid));
    words.addAll(List.of(command));
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("jcmd ended").isTrue();
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
