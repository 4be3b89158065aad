package dev.keyway.store.sqlite;

import dev.keyway.core.UnavailableException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * The one thread that writes: it runs what waits one after another and commits all of it at once,
 * because the flush to the disk is what a commit costs.
 *
 * <p>Each job has its own savepoint, so one that fails undoes itself alone. Nobody is answered
 * before the commit, not even with a refusal: it may rest on what another job of the group wrote.
 */
final class Writer extends DatabaseThread {
  /** Bounds how long the first of a group waits for the last. */
  private static final int MAX_GROUP = 200;

  private volatile boolean hasFailed;

  Writer(Handle handle, JobQueue queue) {
    super("sqlite-writer", handle, queue, MAX_GROUP);
  }

  /** Whether a commit has failed since the last {@link #forgetFailure}. */
  boolean hasFailed() {
    return hasFailed;
  }

  /**
   * Something was written again; a commit alone does not tell, for it may have had nothing to do.
   */
  void forgetFailure() {
    hasFailed = false;
  }

  @Override
  void run(List<Job<?>> jobs, Handle handle) {
    try {
      handle.execute("BEGIN IMMEDIATE");
      for (Job<?> job : jobs) {
        runAlone(job, handle);
      }
      handle.execute("COMMIT");
    } catch (RuntimeException | Error e) {
      // Whatever it was: the callers must be answered, and this thread must go on.
      hasFailed = true;
      UnavailableException failure = Job.unavailable(e);
      jobs.forEach(job -> job.fail(failure));
      rollBack(handle);
    }
    jobs.forEach(Job::answer);
  }

  private static void runAlone(Job<?> job, Handle handle) {
    handle.execute("SAVEPOINT job");
    if (!job.run(handle)) {
      handle.execute("ROLLBACK TO job");
    }
    handle.execute("RELEASE job");
  }

  private static void rollBack(Handle handle) {
    try {
      handle.execute("ROLLBACK");
    } catch (JdbiException e) {
      // SQLite has already rolled back by itself, as it does after a full disk.
    }
  }
}
