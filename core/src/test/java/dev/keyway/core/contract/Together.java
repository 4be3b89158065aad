package dev.keyway.core.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Runs a task on many threads that begin at the same moment. */
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
}
