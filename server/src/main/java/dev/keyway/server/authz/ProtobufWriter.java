package dev.keyway.server.authz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds one protobuf message (protobuf.dev, "Encoding") from its outermost field inwards. */
final class ProtobufWriter {
  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;
  private static final int USUAL_SIZE = 1024;

  private byte[] bytes = new byte[USUAL_SIZE];
  private int size;

  /** Adds a text. */
  ProtobufWriter text(int field, CharSequence text) {
    return bytes(field, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Adds bytes, or a message that is encoded already. */
  ProtobufWriter bytes(int field, byte[] content) {
    varint(tag(field, LENGTH_DELIMITED));
    varint(content.length);
    return raw(content);
  }

  /** Adds a number, not negative. */
  ProtobufWriter number(int field, long number) {
    varint(tag(field, VARINT));
    varint(number);
    return this;
  }

  /** Adds fields that are encoded already. */
  ProtobufWriter raw(byte[] fields) {
    reserve(fields.length);
    System.arraycopy(fields, 0, bytes, size, fields.length);
    size += fields.length;
    return this;
  }

  /**
   * Opens a message within; what is added from now on belongs to it.
   *
   * @return what {@link #end} has to be told
   */
  int begin(int field) {
    varint(tag(field, LENGTH_DELIMITED));
    // Room for the length of a short message, which most are.
    varint(0);
    return size;
  }

  /** Closes the message that {@code start} opened. */
  void end(int start) {
    int length = size - start;
    int extra = lengthOf(length) - 1;
    if (extra > 0) {
      reserve(extra);
      System.arraycopy(bytes, start, bytes, start + extra, length);
    }
    size = start - 1;
    varint(length);
    size += length;
  }

  /** What was built so far. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private static long tag(int field, int kind) {
    return (long) field << 3 | kind;
  }

  private static int lengthOf(long number) {
    return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(number) + 6) / 7);
  }

  private void varint(long number) {
    reserve(lengthOf(number));
    long rest = number;
    while (rest >>> 7 != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  private void reserve(int count) {
    if (size + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + count));
    }
  }
}
