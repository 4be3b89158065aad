package dev.keyway.bench.inside;

import dev.keyway.app.assembly.StoreAssembly;
import dev.keyway.app.config.StorePlace;
import dev.keyway.core.apikey.KeyFormat;
import dev.keyway.store.sql.TransactionObserver;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/**
 * Weighs keys in memory: the heap after a collection, with and without them, divided by their
 * number. The keys are read from a store that {@link Seed} has filled, by the program's own cache.
 *
 * <p>Arguments: the data folder; how many keys it was filled with; how many to read. Prints bytes
 * per key.
 */
public final class Weight {
  private Weight() {}

  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[1]);
    int wanted = Integer.parseInt(arguments[2]);
    try (var store =
        StoreAssembly.open(
            new StorePlace(Path.of(arguments[0]), null),
            wanted,
            new SecureRandom(),
            Instant.now(),
            TransactionObserver.NONE)) {
      var format = new KeyFormat(List.of(MadeKeys.PREFIX));
      var keys = new MadeKeys(count, new Random(42));
      long before = heapBytes();
      for (int i = 0; i < wanted; i++) {
        var presented = format.parse(keys.next(i));
        if (presented == null || store.verifiable().find(presented.id()).isEmpty()) {
          throw new IllegalStateException("key " + i + " is not in the store");
        }
      }
      long after = heapBytes();
      System.out.printf("%.1f%n", 1.0 * (after - before) / store.keys().cachedKeys());
    }
  }

  /** The heap after collections that find nothing more. */
  private static long heapBytes() {
    var memory = ManagementFactory.getMemoryMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 6; i++) {
      System.gc();
      least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
