package dev.keyway.bench.keyway;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.Progress;
import dev.keyway.bench.keyway.SeededKeys.SeededKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Fills a store as a product's backend would: through the management API. */
final class Seeding {
  private static final int CALLERS = 64;
  private static final int KEYS_PER_ACCOUNT = 100;

  private final ManagementApi api;
  private final String product;
  private final Progress progress;

  Seeding(ManagementApi api, String product, Progress progress) {
    this.api = api;
    this.product = product;
    this.progress = progress;
  }

  /** Makes accounts with their keys and revokes some, spread evenly over the accounts. */
  SeededKeys seed(int keys, int revoked) {
    int owners = Math.ceilDiv(keys, KEYS_PER_ACCOUNT);
    List<String> accounts = each("accounts", owners, number -> api.createAccount(product, number));
    List<SeededKey> all =
        each(
            "keys",
            keys,
            number -> api.createKey(product, accounts.get(number % owners), "key " + number));
    List<SeededKey> ended = all.subList(0, revoked);
    each(
        "revocations",
        revoked,
        number -> {
          api.revoke(ended.get(number));
          return number;
        });
    return new SeededKeys(all.subList(revoked, keys), ended);
  }

  private <T> List<T> each(String what, int count, IntFunction<T> call) {
    long start = System.nanoTime();
    var next = new AtomicInteger();
    var finished = new AtomicInteger();
    var results = new ArrayList<T>(count);
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var parts = new ArrayList<Future<List<Numbered<T>>>>();
      for (int i = 0; i < CALLERS; i++) {
        parts.add(callers.submit(() -> take(what, next, finished, count, call)));
      }
      var numbered = new ArrayList<Numbered<T>>(count);
      for (Future<List<Numbered<T>>> part : parts) {
        numbered.addAll(part.get());
      }
      numbered.sort((a, b) -> Integer.compare(a.number, b.number));
      numbered.forEach(result -> results.add(result.value));
    } catch (ExecutionException e) {
      throw new BenchException("seeding " + what + " failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    progress.say("made %,d %s, %,.0f a second".formatted(count, what, count / seconds));
    return results;
  }

  /** One caller's share; the first failure anywhere stops all. */
  private <T> List<Numbered<T>> take(
      String what, AtomicInteger next, AtomicInteger finished, int count, IntFunction<T> call) {
    int step = Math.max(500, count / 10);
    var done = new ArrayList<Numbered<T>>();
    for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
      try {
        done.add(new Numbered<>(number, call.apply(number)));
      } catch (RuntimeException e) {
        next.set(count);
        throw e;
      }
      int soFar = finished.incrementAndGet();
      if (soFar % step == 0 && soFar < count) {
        progress.say("  %,d of %,d %s".formatted(soFar, count, what));
      }
    }
    return done;
  }

  private record Numbered<T>(int number, T value) {}
}
