package dev.keyway.client;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stops asking a server that does not answer: opens after so many failures in a row, and lets one
 * call try when its time is over.
 */
final class Circuit {
  private final int failuresToOpen;
  private final long openForNanos;
  private final LongSupplier nanoTime;

  private int failuresInARow;
  private long openedAtNanos;
  private boolean probing;

  /**
   * @param nanoTime a clock that never goes back, in nanoseconds
   */
  Circuit(int failuresToOpen, Duration openFor, LongSupplier nanoTime) {
    this.failuresToOpen = failuresToOpen;
    this.openForNanos = openFor.toNanos();
    this.nanoTime = nanoTime;
  }

  /** Leave to make one call, which must be told how it ended; null while the circuit is open. */
  synchronized @Nullable Pass enter() {
    if (!isOpen()) {
      return new Pass(false);
    }
    if (probing || nanoTime.getAsLong() - openedAtNanos < openForNanos) {
      return null;
    }
    probing = true;
    return new Pass(true);
  }

  synchronized boolean isOpen() {
    return failuresInARow >= failuresToOpen;
  }

  private synchronized void succeeded() {
    failuresInARow = 0;
    probing = false;
  }

  private synchronized void failed(boolean probe) {
    if (probe) {
      probing = false;
      openedAtNanos = nanoTime.getAsLong();
    } else if (!isOpen() && ++failuresInARow == failuresToOpen) {
      openedAtNanos = nanoTime.getAsLong();
    }
  }

  private synchronized void toldNothing(boolean probe) {
    if (probe) {
      probing = false;
    }
  }

  /** One call's leave. */
  final class Pass {
    private final boolean probe;

    private Pass(boolean probe) {
      this.probe = probe;
    }

    /** The server answered, whatever it said. */
    void succeeded() {
      Circuit.this.succeeded();
    }

    void failed() {
      Circuit.this.failed(probe);
    }

    /** The call tells nothing about the next one, so that no strange request opens the circuit. */
    void toldNothing() {
      Circuit.this.toldNothing(probe);
    }
  }
}
