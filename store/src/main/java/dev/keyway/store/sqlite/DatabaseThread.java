package dev.keyway.store.sqlite;

import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that owns one connection and works off a queue: SQLite's calls block natively, so they
 * must not run on the carriers of virtual threads.
 */
abstract class DatabaseThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseThread.class);

  /** What waits in a full queue is done in less on a disk that works. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Handle handle;
  private final JobQueue queue;
  private final int batch;
  private final Thread thread;

  DatabaseThread(String name, Handle handle, JobQueue queue, int batch) {
    this.handle = handle;
    this.queue = queue;
    this.batch = batch;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::work);
  }

  final void start() {
    thread.start();
  }

  /** Does these jobs, at least one, and answers each of them whatever happens. */
  abstract void run(List<Job<?>> jobs, Handle handle);

  private void work() {
    List<Job<?>> jobs = queue.take(batch);
    while (!jobs.isEmpty()) {
      run(jobs, handle);
      jobs = queue.take(batch);
    }
  }

  /**
   * Waits until the queue, closed before, is worked off, and closes the connection. A disk that is
   * stuck must not keep the process from ending; what it holds up is then as after a crash.
   */
  @Override
  public final void close() {
    close(PATIENCE);
  }

  final void close(Duration patience) {
    if (isOverWithin(patience)) {
      handle.close();
    } else {
      // SQLite's connection must not be closed under a call that uses it.
      LOG.error("{} is stuck in the database and is left behind", thread.getName());
    }
  }

  private boolean isOverWithin(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    boolean interrupted = false;
    long left = patience.toNanos();
    while (thread.isAlive() && left > 0) {
      try {
        var _ = thread.join(Duration.ofNanos(left));
      } catch (InterruptedException e) {
        // What is committed must be answered first; the interrupt is passed on afterwards.
        interrupted = true;
      }
      left = deadline - System.nanoTime();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }
}
