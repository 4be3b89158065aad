package dev.keyway.store.sqlite;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * A thread that owns one connection and works off a queue: SQLite's calls block natively, so they
 * must not run on the carriers of virtual threads.
 */
abstract class DatabaseThread implements AutoCloseable {
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

  /** Waits until the queue, closed before, is worked off, and closes the connection. */
  @Override
  public final void close() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        // What is committed must be answered first; the interrupt is passed on afterwards.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    handle.close();
  }
}
