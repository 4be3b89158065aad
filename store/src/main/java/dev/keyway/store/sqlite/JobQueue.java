package dev.keyway.store.sqlite;

import dev.keyway.core.UnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Jobs that wait for a database thread: so many, and then no more are taken. */
final class JobQueue {
  private final int capacity;
  private final Deque<Job<?>> waiting = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean closed;

  JobQueue(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Adds a job.
   *
   * @throws UnavailableException when the queue is full or closed
   */
  void add(Job<?> job) {
    lock.lock();
    try {
      if (closed) {
        throw new UnavailableException("The database is closed.", null);
      }
      if (waiting.size() == capacity) {
        throw new UnavailableException("Too many calls wait for the database.", null);
      }
      waiting.add(job);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** How many jobs wait. */
  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for jobs and takes those there are, {@code max} at most; none once all is done. */
  List<Job<?>> take(int max) {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      var taken = new ArrayList<Job<?>>(Math.min(max, waiting.size()));
      while (taken.size() < max && !waiting.isEmpty()) {
        taken.add(waiting.remove());
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Takes no further jobs; those that wait are still handed out. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
