package dev.keyway.server.door;

import io.vertx.core.Context;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs what may block on virtual threads, and brings the outcome back to the event loop that asked.
 * How much may be under way is bounded: behind a slow database requests would pile up without end.
 */
public final class Elsewhere implements AutoCloseable {
  private static final int MAX_UNDER_WAY = 1_000;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger underWay = new AtomicInteger();

  /**
   * Runs some work.
   *
   * @param then told the outcome, on {@code context}
   * @param failed told what the work or {@code then} threw, on {@code context}
   * @return false when too much is under way, and nothing was done
   */
  public <T> boolean run(
      Context context, Supplier<T> work, Consumer<T> then, Consumer<Throwable> failed) {
    if (underWay.incrementAndGet() > MAX_UNDER_WAY) {
      underWay.decrementAndGet();
      return false;
    }
    threads.execute(() -> {
      try {
        T outcome = work.get();
        context.runOnContext(_ -> accept(outcome, then, failed));
      } catch (Throwable e) {
        // An Error too: whoever asked would wait for ever.
        context.runOnContext(_ -> failed.accept(e));
      } finally {
        underWay.decrementAndGet();
      }
    });
    return true;
  }

  private static <T> void accept(T outcome, Consumer<T> then, Consumer<Throwable> failed) {
    try {
      then.accept(outcome);
    } catch (Throwable e) {
      failed.accept(e);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
