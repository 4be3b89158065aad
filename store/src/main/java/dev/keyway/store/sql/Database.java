package dev.keyway.store.sql;

/** A database that is open, and what its operator wants to know of it. */
public interface Database extends Transactions, AutoCloseable {

  /**
   * Whether it can be written. Only after a write has failed does it try: that it can again may
   * otherwise go unnoticed until somebody changes something.
   */
  boolean isWritable();

  /** How many calls wait for their turn to read. */
  int waitingReads();

  /** How many calls wait for their turn to write. */
  int waitingWrites();

  /** Finishes what it has begun and takes nothing more. */
  @Override
  void close();
}
