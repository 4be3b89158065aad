package dev.keyway.core.flood;

import java.security.SecureRandom;

/**
 * A keyed hash for tables whose entries an attacker chooses: without the key nobody can aim two
 * texts at one place (SipHash-2-4, Aumasson and Bernstein 2012).
 */
final class SipHash {
  private static final int CHARS_PER_WORD = Long.BYTES / Character.BYTES;

  private final long key0;
  private final long key1;

  SipHash(long key0, long key1) {
    this.key0 = key0;
    this.key1 = key1;
  }

  /** One under a key that nobody knows. */
  static SipHash random(SecureRandom random) {
    return new SipHash(random.nextLong(), random.nextLong());
  }

  /** The hash of a text, each character taken as two bytes, the lower one first. */
  long of(String text) {
    var state = new State(key0, key1);
    int length = text.length();
    int at = 0;
    for (; length - at >= CHARS_PER_WORD; at += CHARS_PER_WORD) {
      state.add(
          text.charAt(at)
              | ((long) text.charAt(at + 1) << 16)
              | ((long) text.charAt(at + 2) << 32)
              | ((long) text.charAt(at + 3) << 48));
    }
    long last = ((long) length * Character.BYTES) << 56;
    for (int i = 0; at + i < length; i++) {
      last |= (long) text.charAt(at + i) << (16 * i);
    }
    state.add(last);
    return state.end();
  }

  /** The hash of a number's eight bytes. */
  long of(long number) {
    var state = new State(key0, key1);
    state.add(number);
    state.add((long) Long.BYTES << 56);
    return state.end();
  }

  /** The four words that the message is stirred into; it never leaves the method it is made in. */
  private static final class State {
    private long v0;
    private long v1;
    private long v2;
    private long v3;

    State(long key0, long key1) {
      v0 = key0 ^ 0x736f6d6570736575L;
      v1 = key1 ^ 0x646f72616e646f6dL;
      v2 = key0 ^ 0x6c7967656e657261L;
      v3 = key1 ^ 0x7465646279746573L;
    }

    void add(long word) {
      v3 ^= word;
      round();
      round();
      v0 ^= word;
    }

    long end() {
      v2 ^= 0xff;
      round();
      round();
      round();
      round();
      return v0 ^ v1 ^ v2 ^ v3;
    }

    private void round() {
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
    }
  }
}
