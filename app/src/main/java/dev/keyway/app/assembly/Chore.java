package dev.keyway.app.assembly;

import dev.keyway.core.UnavailableException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that is done now and then, and knows when it last went well. */
final class Chore implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Chore.class);

  private final String name;
  private final Runnable work;
  private final LongAdder failures = new LongAdder();
  private volatile long doneNanos = System.nanoTime();

  Chore(String name, Runnable work) {
    this.name = name;
    this.work = work;
  }

  /** What it does, in a few words. */
  String name() {
    return name;
  }

  /** How long ago it last went well, or the node started. */
  double ageSeconds() {
    return (double) (System.nanoTime() - doneNanos) / TimeUnit.SECONDS.toNanos(1);
  }

  long failures() {
    return failures.sum();
  }

  /** Does it; what goes wrong is logged and tried again the next time. */
  @Override
  public void run() {
    try {
      work.run();
      doneNanos = System.nanoTime();
    } catch (UnavailableException e) {
      failures.increment();
      LOG.warn("cannot {} now, will try again: {}", name, e.getMessage());
    } catch (RuntimeException e) {
      // Thrown on, it would end the schedule for good.
      failures.increment();
      LOG.error("cannot {}", name, e);
    }
  }
}
