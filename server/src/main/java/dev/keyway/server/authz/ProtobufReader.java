package dev.keyway.server.authz;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Walks through the texts and messages within one protobuf message (protobuf.dev, "Encoding"), in
 * the order in which they stand. Numbers are passed over, and what is not asked for is not decoded.
 */
final class ProtobufReader {
  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FOUR_BYTES = 5;
  private static final int LONGEST_VARINT = 10;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int field;
  private int from;

  ProtobufReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private ProtobufReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** Moves to the next text or message; false when there is none. */
  boolean next() throws MalformedMessageException {
    while (at < end) {
      long tag = varint();
      field = (int) (tag >>> 3);
      if (field == 0 || tag >>> 32 != 0) {
        throw new MalformedMessageException("a field without a number");
      }
      switch ((int) tag & 7) {
        case VARINT -> {
          var _ = varint();
        }
        case EIGHT_BYTES -> skip(8);
        case FOUR_BYTES -> skip(4);
        case LENGTH_DELIMITED -> {
          long length = varint();
          from = at;
          skip(length);
          return true;
        }
        // Groups are no part of proto3.
        default -> throw new MalformedMessageException("a field of an unknown kind");
      }
    }
    return false;
  }

  /** The number of the field that {@link #next} has moved to. */
  int field() {
    return field;
  }

  /** The message in it. */
  ProtobufReader message() {
    return new ProtobufReader(bytes, from, at);
  }

  /** The text in it. */
  String text() throws MalformedMessageException {
    for (int i = from; i < at; i++) {
      if (bytes[i] < 0) {
        return decoded();
      }
    }
    return bytesAsText();
  }

  /** The bytes in it, each as one character. */
  String bytesAsText() {
    return new String(bytes, from, at - from, StandardCharsets.ISO_8859_1);
  }

  private String decoded() throws MalformedMessageException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, at - from))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedMessageException("a text that is not UTF-8");
    }
  }

  private long varint() throws MalformedMessageException {
    long value = 0;
    for (int i = 0; i < LONGEST_VARINT && at < end; i++) {
      byte b = bytes[at++];
      value |= (b & 0x7fL) << (7 * i);
      if (b >= 0) {
        return value;
      }
    }
    throw new MalformedMessageException("a number without an end");
  }

  private void skip(long count) throws MalformedMessageException {
    if (count < 0 || count > end - at) {
      throw new MalformedMessageException("a field longer than its message");
    }
    at += (int) count;
  }
}
