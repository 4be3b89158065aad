package dev.keyway.app.assembly;

import dev.keyway.app.config.Tls;
import dev.keyway.server.http.Certificate;
import dev.keyway.server.http.UnusableCertificateException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one listener's certificate anew every few seconds and hands it on when it has changed. A
 * pair that cannot be used is refused, and the listener keeps what it has.
 *
 * <p>The content is compared, not the time of the file: a mounted secret changes by a link.
 */
final class CertificateWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final String listener;
  private final Tls files;
  private final InstantSource clock;
  private final Consumer<Certificate> taker;
  private final LongAdder failures = new LongAdder();
  private final ScheduledThreadPoolExecutor thread;
  private volatile Certificate current;
  private volatile @Nullable String lastComplaint;
  private boolean wasUnusable;

  /**
   * A watch that begins at once.
   *
   * @param listener its name in the settings
   * @param then takes a new certificate
   */
  CertificateWatch(
      String listener,
      Tls files,
      Certificate current,
      InstantSource clock,
      Consumer<Certificate> then) {
    this.listener = listener;
    this.files = files;
    this.current = current;
    this.clock = clock;
    this.taker = then;
    this.thread =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("keyway-certificate-" + listener).daemon().factory());
    var _ =
        thread.scheduleWithFixedDelay(
            this::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  String listener() {
    return listener;
  }

  /** When the certificate in use ends. */
  Instant notAfter() {
    return current.notAfter();
  }

  /** How often a new pair was refused. */
  long failures() {
    return failures.sum();
  }

  /** Whether the files hold a pair that cannot be used. */
  boolean isFailing() {
    return lastComplaint != null;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void look() {
    try {
      Certificate read = Certificate.load(files.certificate(), files.key(), clock.instant());
      wasUnusable = false;
      lastComplaint = null;
      if (!read.isSame(current)) {
        taker.accept(read);
        current = read;
        LOG.atInfo()
            .addKeyValue("listener", listener)
            .addKeyValue("not_after", read.notAfter())
            .log("a new certificate is in use");
      }
    } catch (UnusableCertificateException e) {
      refuse(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      refuse(e.toString());
    }
  }

  private void refuse(String reason) {
    // A pair is written one file after the other; only what is wrong twice in a row is wrong.
    if (!wasUnusable) {
      wasUnusable = true;
      return;
    }
    if (!reason.equals(lastComplaint)) {
      lastComplaint = reason;
      failures.increment();
      LOG.atError()
          .addKeyValue("listener", listener)
          .log("the certificate is not reloaded, the old one stays in use: {}", reason);
    }
  }
}
