package dev.keyway.core.flood;

import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What the store was asked for in the last second and did not have, so that one wrong key sent over
 * and over is looked up once a second.
 *
 * <p>It is the whole text that is remembered, never an id alone: a wrong secret for a good id must
 * not keep the key's holder out. Two different texts are taken for the same once in 2^128.
 */
final class AbsentKeys {
  static final int SIZE = 1 << 14;
  static final long LIFE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SipHash first;
  private final SipHash second;

  /** A newcomer takes the place of whoever has it: forgetting early costs one look-up. */
  private final AtomicReferenceArray<Entry> entries = new AtomicReferenceArray<>(SIZE);

  AbsentKeys(SecureRandom random) {
    this.first = SipHash.random(random);
    this.second = SipHash.random(random);
  }

  boolean contains(String text, long nowNanos) {
    long hash = first.of(text);
    Entry entry = entries.get(place(hash));
    return entry != null
        && entry.first == hash
        && nowNanos - entry.askedNanos < LIFE_NANOS
        && entry.second == second.of(text);
  }

  /**
   * Remembers a text.
   *
   * @param askedNanos when the store was asked, not when it answered
   */
  void add(String text, long askedNanos) {
    long hash = first.of(text);
    entries.set(place(hash), new Entry(hash, second.of(text), askedNanos));
  }

  private static int place(long hash) {
    return (int) hash & (SIZE - 1);
  }

  /** Whole and unchangeable, so that no reader sees parts of two. */
  private record Entry(long first, long second, long askedNanos) {}
}
