package dev.keyway.core.apikey;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a key and no decision asks for: only answers of the management API tell it.
 *
 * <p>Every key in memory has them, so there they are {@link #pack packed}: some forty bytes, where
 * the objects would take some two hundred. Times are kept to the millisecond, as in a store.
 */
public record Particulars(
    long version,
    Instant createdAt,
    @Nullable Instant revokedAt,
    @Nullable Instant deactivatedAt,
    @Nullable ApiKeyId createdByKey,
    String suffix,
    @Nullable String name,
    @Nullable String description) {
  private static final int REVOKED = 1;
  private static final int DEACTIVATED = 2;
  private static final int CREATED_BY_KEY = 4;
  private static final int NAME = 8;
  private static final int DESCRIPTION = 16;

  /** Says in a byte of a number that another follows. */
  private static final int MORE = 128;

  /** Those of a key. */
  public static Particulars of(ApiKey key) {
    return new Particulars(
        key.version(),
        key.createdAt(),
        key.revokedAt(),
        key.deactivatedAt(),
        key.createdByKey(),
        key.suffix(),
        key.name(),
        key.description());
  }

  /** The version alone, of packed ones. */
  public static long version(byte[] packed) {
    try {
      return readNumber(new DataInputStream(new ByteArrayInputStream(packed)));
    } catch (IOException e) {
      throw notPacked(e);
    }
  }

  /** As bytes, for {@link #unpack}. */
  public byte[] pack() {
    var bytes = new ByteArrayOutputStream();
    try {
      write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("a text of a key is longer than any may be", e);
    }
    return bytes.toByteArray();
  }

  private void write(DataOutputStream out) throws IOException {
    writeNumber(out, version);
    out.writeByte(
        (revokedAt == null ? 0 : REVOKED)
            | (deactivatedAt == null ? 0 : DEACTIVATED)
            | (createdByKey == null ? 0 : CREATED_BY_KEY)
            | (name == null ? 0 : NAME)
            | (description == null ? 0 : DESCRIPTION));
    out.writeLong(createdAt.toEpochMilli());
    if (revokedAt != null) {
      out.writeLong(revokedAt.toEpochMilli());
    }
    if (deactivatedAt != null) {
      out.writeLong(deactivatedAt.toEpochMilli());
    }
    if (createdByKey != null) {
      out.writeUTF(createdByKey.characters());
    }
    out.writeUTF(suffix);
    if (name != null) {
      out.writeUTF(name);
    }
    if (description != null) {
      out.writeUTF(description);
    }
  }

  /** Reads what {@link #pack} has made. */
  public static Particulars unpack(byte[] packed) {
    try {
      return read(new DataInputStream(new ByteArrayInputStream(packed)));
    } catch (IOException e) {
      throw notPacked(e);
    }
  }

  private static Particulars read(DataInputStream in) throws IOException {
    long version = readNumber(in);
    int held = in.readByte();
    return new Particulars(
        version,
        Instant.ofEpochMilli(in.readLong()),
        (held & REVOKED) == 0 ? null : Instant.ofEpochMilli(in.readLong()),
        (held & DEACTIVATED) == 0 ? null : Instant.ofEpochMilli(in.readLong()),
        (held & CREATED_BY_KEY) == 0 ? null : new ApiKeyId(in.readUTF()),
        in.readUTF(),
        (held & NAME) == 0 ? null : in.readUTF(),
        (held & DESCRIPTION) == 0 ? null : in.readUTF());
  }

  /** Seven bits a byte, the lowest first: most versions take one. */
  private static void writeNumber(DataOutputStream out, long number) throws IOException {
    long rest = number;
    while (rest >= MORE) {
      out.writeByte((int) (rest % MORE) + MORE);
      rest /= MORE;
    }
    out.writeByte((int) rest);
  }

  private static long readNumber(DataInputStream in) throws IOException {
    int part = in.readUnsignedByte();
    return part < MORE ? part : part - MORE + MORE * readNumber(in);
  }

  private static UncheckedIOException notPacked(IOException e) {
    return new UncheckedIOException("these are no packed particulars", e);
  }
}
