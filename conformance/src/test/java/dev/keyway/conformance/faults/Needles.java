package dev.keyway.conformance.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Texts to look for in bytes, in the two forms in which a JVM holds text: one byte a character, and
 * two in either order.
 */
final class Needles {
  private static final int BLOCK_BYTES = 8 << 20;

  private final Map<Integer, List<Needle>> byStart = new HashMap<>();
  private final BitSet starts = new BitSet(1 << 16);
  private int longest;

  private static final class Needle {
    final String name;
    final byte[] bytes;

    Needle(String name, byte[] bytes) {
      this.name = name;
      this.bytes = bytes;
    }
  }

  /** Adds a text; what it is called is what a find reports. */
  void add(String name, String text) {
    add(name, text.getBytes(ISO_8859_1));
    add(name + " as UTF-16", text.getBytes(UTF_16LE));
    add(name + " as UTF-16", text.getBytes(UTF_16BE));
  }

  private void add(String name, byte[] bytes) {
    int start = start(bytes, 0);
    byStart.computeIfAbsent(start, _ -> new ArrayList<>()).add(new Needle(name, bytes));
    starts.set(start);
    longest = Math.max(longest, bytes.length);
  }

  /** The names of those that stand in the text. */
  Set<String> in(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return in(bytes, bytes.length);
  }

  /** The names of those that stand in the first so many bytes. */
  Set<String> in(byte[] bytes, int length) {
    var found = new TreeSet<String>();
    for (int at = 0; at + 1 < length; at++) {
      int start = start(bytes, at);
      if (starts.get(start)) {
        for (Needle needle : byStart.getOrDefault(start, List.of())) {
          int end = at + needle.bytes.length;
          if (end <= length
              && Arrays.equals(bytes, at, end, needle.bytes, 0, needle.bytes.length)) {
            found.add(needle.name);
          }
        }
      }
    }
    return found;
  }

  /** The names of those that stand in the file, of whatever size. */
  Set<String> in(Path file) {
    var found = new TreeSet<String>();
    byte[] block = new byte[BLOCK_BYTES + longest];
    try (var in = Files.newInputStream(file)) {
      int kept = 0;
      int read = in.readNBytes(block, 0, BLOCK_BYTES);
      while (read > 0) {
        found.addAll(in(block, kept + read));
        int end = kept + read;
        // What may be the beginning of a text that goes on in the next block.
        kept = Math.min(end, longest - 1);
        System.arraycopy(block, end - kept, block, 0, kept);
        read = in.readNBytes(block, kept, BLOCK_BYTES);
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int start(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }
}
