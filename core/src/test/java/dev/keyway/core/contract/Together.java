package dev.keyway.core.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** Runs tasks on several threads that begin at the same moment. */
public final class Together {
  private Together() {}

  /** The results of {@code task} for 0 to {@code threads - 1}, in that order. */
  public static <T> List<T> run(int threads, IntFunction<T> task) {
    var start = new CyclicBarrier(threads);
    try (var pool = Executors.newFixedThreadPool(threads)) {
      var running = new ArrayList<Future<T>>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        running.add(
            pool.submit(() -> {
              start.await();
              return task.apply(number);
            }));
      }
      var results = new ArrayList<T>();
      for (Future<T> one : running) {
        results.add(one.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * Lets two tasks meet again and again, within nanoseconds: the threads spin to each start. What
   * {@code after} asserts is asserted when both have ended their round.
   */
  public static void race(int rounds, IntConsumer one, IntConsumer two, IntConsumer after) {
    var started = new AtomicInteger(-1);
    var ended = new AtomicInteger(-1);
    try (var pool = Executors.newSingleThreadExecutor()) {
      Future<?> other =
          pool.submit(() -> {
            for (int round = 0; round < rounds && spinUntil(started, round); round++) {
              two.accept(round);
              ended.set(round);
            }
          });
      try {
        for (int round = 0; round < rounds; round++) {
          started.set(round);
          one.accept(round);
          while (ended.get() < round && !other.isDone()) {
            Thread.onSpinWait();
          }
          after.accept(round);
        }
      } finally {
        started.set(Integer.MAX_VALUE);
      }
      other.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** False when the race was given up. */
  private static boolean spinUntil(AtomicInteger started, int round) {
    while (started.get() < round) {
      Thread.onSpinWait();
    }
    return started.get() == round;
  }
}
