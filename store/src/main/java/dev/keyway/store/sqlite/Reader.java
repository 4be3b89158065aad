package dev.keyway.store.sqlite;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Reads, one job after another; several readers share a queue. */
final class Reader extends DatabaseThread {

  Reader(int number, Handle handle, JobQueue queue) {
    super("sqlite-reader-" + number, handle, queue, 1);
  }

  @Override
  void run(List<Job<?>> jobs, Handle handle) {
    for (Job<?> job : jobs) {
      job.run(handle);
      job.answer();
    }
  }
}
