package dev.keyway.conformance.harness;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Well-formed keys of one prefix that were never issued, each of them once. */
public final class MadeUpKeys implements Supplier<String> {
  private final String prefix;
  private final AtomicLong made = new AtomicLong(System.nanoTime());

  /** Of this prefix. */
  public MadeUpKeys(String prefix) {
    this.prefix = prefix;
  }

  @Override
  public String get() {
    String digits = Long.toString(made.incrementAndGet());
    String id = "000000000000".substring(0, Math.max(0, 12 - digits.length())) + digits;
    String last = id.substring(id.length() - 12);
    String body = prefix + last + (last + last + last + last).substring(0, 43);
    return body + KeyForm.check(body);
  }
}
