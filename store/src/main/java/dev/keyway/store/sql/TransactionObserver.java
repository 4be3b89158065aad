package dev.keyway.store.sql;

import java.time.Duration;

/** Something that is told of each call of a database, such as metrics. */
public interface TransactionObserver {
  /** Wants to know of nothing. */
  TransactionObserver NONE =
      new TransactionObserver() {
        @Override
        public void answered(Kind kind, Duration took) {
          // Nobody is told.
        }

        @Override
        public void failed(Kind kind, Duration took) {
          // Nobody is told.
        }
      };

  /** A call was answered, or refused by the work itself. */
  void answered(Kind kind, Duration took);

  /** The database could not answer a call. */
  void failed(Kind kind, Duration took);

  /** What a call may do. */
  enum Kind {
    READ,
    WRITE
  }
}
