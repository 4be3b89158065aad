package dev.keyway.core.history;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * A place outside of the store to which tombstones are added, and from which nothing is taken.
 *
 * <p>An implementation:
 *
 * <ol>
 *   <li>must return from {@link #append} only when the lines outlast a crash of the machine;
 *   <li>must give back, in the order in which they were added, all whole lines; what is left of a
 *       line that was being added in a crash must not hide a later one;
 *   <li>must bear that lines are added again after a failure.
 * </ol>
 *
 * <p>It is used by one thread at a time.
 */
public interface TombstoneSink extends AutoCloseable {

  /** Tells every tombstone that is kept. */
  void read(Consumer<Tombstone> reader) throws IOException;

  /** Adds tombstones. */
  void append(List<Tombstone> tombstones) throws IOException;

  /** Where it is, for people. */
  String name();

  @Override
  void close() throws IOException;
}
