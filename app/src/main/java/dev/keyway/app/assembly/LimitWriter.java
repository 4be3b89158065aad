package dev.keyway.app.assembly;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.limit.LimitEvents;
import dev.keyway.core.limit.NodeLimiter;
import dev.keyway.core.limit.RateLimit;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes down what limits have admitted, so that no request has to wait for it.
 *
 * <p>It sleeps until a limiter says that something is due, and looks at the clocks every second.
 */
final class LimitWriter implements LimitEvents, AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Logger log = LoggerFactory.getLogger(LimitWriter.class);

  private final Thread thread =
      Thread.ofPlatform().name("keyway-limits").daemon().unstarted(this::run);
  private volatile boolean isStopped;
  private @Nullable NodeLimiter limiter;

  /** Has a limiter begin, and writes for it from now on. */
  void start(NodeLimiter begun) {
    limiter = begun;
    begun.begin();
    thread.start();
  }

  @Override
  public void due() {
    LockSupport.unpark(thread);
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
    LockSupport.unpark(thread);
    if (limiter != null) {
      attempt(limiter::close, "the next start will take this run for broken off");
    }
  }

  private void run() {
    NodeLimiter writing = Objects.requireNonNull(limiter);
    while (!isStopped) {
      LockSupport.parkNanos(PAUSE.toNanos());
      attempt(writing::writeDue, "will try again");
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
