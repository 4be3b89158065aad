package dev.keyway.app.assembly;

import dev.keyway.core.UnavailableException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the store once a second for something small and whether it takes changes, knows whether it
 * answered, and says in the log when an outage begins and ends. Health asks this and not the store:
 * whoever likes may ask for the health, and a disk that is stuck would keep them all waiting.
 */
final class StoreWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** How long a question may take until the store counts as silent. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final long REMINDER_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final String SILENCE = "it keeps silent";
  private static final long NEVER = Long.MIN_VALUE;

  private final Runnable question;
  private final long patienceNanos;
  private final ScheduledThreadPoolExecutor asker;
  private final ScheduledThreadPoolExecutor looker;
  // Of its own: a writer that is stuck must not make a store look silent that is read well.
  private final ScheduledThreadPoolExecutor prober;
  private volatile long askedNanos = NEVER;
  private volatile boolean answered = true;
  private volatile boolean writable = true;
  private volatile String failure = SILENCE;
  private boolean isOut;
  private long outSince;
  private long remindedNanos;

  /**
   * A watch over a store that has just been opened.
   *
   * @param probe whether it takes changes; may try one, and wait for it
   */
  StoreWatch(Runnable question, BooleanSupplier probe) {
    this(question, probe, INTERVAL, PATIENCE);
  }

  StoreWatch(Runnable question, BooleanSupplier probe, Duration interval, Duration patience) {
    this.question = question;
    this.patienceNanos = patience.toNanos();
    this.asker = thread("keyway-store-asker");
    this.looker = thread("keyway-store-watch");
    this.prober = thread("keyway-store-prober");
    every(interval, asker, this::ask);
    every(interval, looker, this::look);
    every(interval, prober, () -> probe(probe));
  }

  /** Whether the store answered when it was last asked, and does not keep us waiting now. */
  boolean isAnswering() {
    long asked = askedNanos;
    return answered && (asked == NEVER || System.nanoTime() - asked < patienceNanos);
  }

  /** Whether the store took changes when that was last tried. */
  boolean isWritable() {
    return writable;
  }

  @Override
  public void close() {
    prober.shutdownNow();
    asker.shutdownNow();
    looker.shutdownNow();
  }

  private void ask() {
    askedNanos = System.nanoTime();
    try {
      question.run();
      answered = true;
      failure = SILENCE;
    } catch (UnavailableException e) {
      failure = String.valueOf(e.getMessage());
      answered = false;
    } catch (RuntimeException e) {
      failure = e.toString();
      answered = false;
    } finally {
      askedNanos = NEVER;
    }
  }

  private void probe(BooleanSupplier probe) {
    try {
      writable = probe.getAsBoolean();
    } catch (RuntimeException e) {
      writable = false;
    }
  }

  private void look() {
    boolean answers = isAnswering();
    long now = System.nanoTime();
    if (answers && isOut) {
      isOut = false;
      LOG.atInfo()
          .addKeyValue("outage_seconds", TimeUnit.NANOSECONDS.toSeconds(now - outSince))
          .log("the store answers again");
    } else if (!answers && !isOut) {
      isOut = true;
      outSince = now;
      remindedNanos = now;
      LOG.error("the store does not answer; keys in memory go on working: {}", failure);
    } else if (!answers && now - remindedNanos > REMINDER_NANOS) {
      remindedNanos = now;
      LOG.atError()
          .addKeyValue("outage_seconds", TimeUnit.NANOSECONDS.toSeconds(now - outSince))
          .log("the store still does not answer: {}", failure);
    }
  }

  private static ScheduledThreadPoolExecutor thread(String name) {
    return new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name(name).daemon().factory());
  }

  private static void every(Duration interval, ScheduledThreadPoolExecutor thread, Runnable work) {
    var _ =
        thread.scheduleWithFixedDelay(
            work, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }
}
