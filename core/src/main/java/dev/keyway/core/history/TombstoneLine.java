package dev.keyway.core.history;

import dev.keyway.core.change.Place;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A tombstone as a line of text: a version, the change's number, mark and time, the ends, and a
 * CRC-32C of all that, so that a line that was torn or damaged is not taken for another.
 */
public final class TombstoneLine {
  private static final String VERSION = "1";
  private static final int HEAD = 4;
  private static final int SUM = 8;

  private TombstoneLine() {}

  /** The line, without its end. */
  public static String of(Tombstone tombstone) {
    var text = new StringBuilder(VERSION);
    text.append(' ').append(tombstone.place().seq());
    text.append(' ').append(tombstone.place().mark());
    text.append(' ').append(tombstone.at().toEpochMilli());
    for (End end : tombstone.ends()) {
      text.append(' ').append(end.what().text()).append('/').append(end.id());
      text.append('/').append(end.detail());
    }
    String body = text.append(' ').toString();
    return body + sum(body);
  }

  /** What a line says; nothing if it is damaged or of a version that this program does not know. */
  public static Optional<Tombstone> read(String line) {
    int bodyEnd = line.length() - SUM;
    if (bodyEnd <= 0 || !line.substring(bodyEnd).equals(sum(line.substring(0, bodyEnd)))) {
      return Optional.empty();
    }
    String[] parts = line.substring(0, bodyEnd).split(" ", -1);
    try {
      return parts[0].equals(VERSION) ? Optional.of(tombstone(parts)) : Optional.empty();
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static Tombstone tombstone(String[] parts) {
    List<End> ends = new ArrayList<>();
    for (int i = HEAD; i < parts.length - 1; i++) {
      String[] end = parts[i].split("/", -1);
      ends.add(new End(End.What.of(end[0]), end[1], end[2]));
    }
    var place = new Place(Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    return new Tombstone(place, Instant.ofEpochMilli(Long.parseLong(parts[HEAD - 1])), ends);
  }

  private static String sum(String body) {
    var crc = new CRC32C();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
