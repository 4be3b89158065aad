package dev.keyway.app.assembly;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.limit.LimitEvents;
import dev.keyway.core.limit.NodeLimiter;
import dev.keyway.core.limit.RateLimit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that write down what limits have admitted, so that no request has to wait for it: one
 * for each of the limiter's duties.
 *
 * <p>They sleep until a limiter says that something is due, and look at the clocks every second.
 */
final class LimitWriter implements LimitEvents, AutoCloseable {
  private static final String TRY_AGAIN = "will try again";
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Logger log = LoggerFactory.getLogger(LimitWriter.class);

  /** For how long a stop waits for what is under way. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private volatile Thread[] writing = {};
  private List<Thread> threads = List.of();
  private volatile boolean isStopped;
  private @Nullable NodeLimiter limiter;

  /**
   * Has a limiter begin, and writes for it from now on.
   *
   * @param readings what else is to be done each second; the first time before it begins
   */
  void start(NodeLimiter begun, List<Runnable> readings) {
    readings.forEach(reading -> attempt(reading, TRY_AGAIN));
    limiter = begun;
    begun.begin();
    writing = begun.duties().stream().map(this::thread).toArray(Thread[]::new);
    threads = Stream.concat(Stream.of(writing), readings.stream().map(this::thread)).toList();
    threads.forEach(Thread::start);
  }

  @Override
  public void due() {
    for (Thread thread : writing) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void lastRunBrokeOff() {
    log.warn(
        "the last run did not stop in order: what it may have admitted without writing it down"
            + " counts as used: a tenth of each limit, of quotas in use at most {}, and in either"
            + " what the costliest request there costs",
        RateLimit.MAX_QUOTA_RESERVE);
  }

  @Override
  public void clockSet(Duration by) {
    log.warn(
        "the clock was set {} by {} ms while the node ran; limits count on by the time that passed",
        by.isNegative() ? "back" : "forward",
        by.abs().toMillis());
  }

  /** Ends the limiter, which then admits nothing more and has written down what it did. */
  @Override
  public void close() {
    isStopped = true;
    threads.forEach(LockSupport::unpark);
    long until = System.nanoTime() + PATIENCE.toNanos();
    threads.forEach(thread -> await(thread, until));
    if (limiter != null) {
      attempt(limiter::close, "the next start will take this run for broken off");
    }
  }

  private Thread thread(Runnable duty) {
    return Thread.ofPlatform().name("keyway-limits").daemon().unstarted(() -> run(duty));
  }

  private void run(Runnable duty) {
    while (!isStopped) {
      LockSupport.parkNanos(PAUSE.toNanos());
      attempt(duty, TRY_AGAIN);
    }
  }

  /** What a thread has begun is to be known before the limiter gives back what it holds. */
  private static void await(Thread thread, long untilNanos) {
    try {
      if (!thread.join(Duration.ofNanos(Math.max(0, untilNanos - System.nanoTime())))) {
        log.warn("limits are still being written, and end without waiting for it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void attempt(Runnable work, String otherwise) {
    try {
      work.run();
    } catch (UnavailableException e) {
      log.warn("cannot write limits now, {}: {}", otherwise, e.getMessage());
    } catch (RuntimeException e) {
      // Thrown on, it would end the writing for good.
      log.error("cannot write limits, {}", otherwise, e);
    }
  }
}
