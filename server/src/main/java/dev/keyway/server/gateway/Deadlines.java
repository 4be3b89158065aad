package dev.keyway.server.gateway;

import org.jspecify.annotations.Nullable;

/**
 * The exchanges of one event loop that wait for something. One timer for all of them counts ticks,
 * so that a request costs neither a timer nor a look at the clock; they hang together by links of
 * their own, so that it costs no object either.
 */
final class Deadlines {
  static final long TICK_MILLIS = 100;

  private final Wait ends = new Wait(null);
  private long now;

  Deadlines() {
    ends.next = ends;
    ends.previous = ends;
  }

  /** Starts or prolongs a wait. */
  void await(Wait wait, long millis) {
    // The tick under way has partly passed: one more keeps the wait from ending early.
    wait.untilTick = now + 1 + (millis + TICK_MILLIS - 1) / TICK_MILLIS;
    // It may be among those that are just being told, who would not tell it later.
    wait.unlink();
    wait.linkBefore(ends);
  }

  void forget(Wait wait) {
    wait.unlink();
  }

  /** Lets a tick pass and tells those whose time is up. */
  void tick() {
    now++;
    Wait late = new Wait(null);
    late.next = late;
    late.previous = late;
    // Told only after the walk: whoever is told may begin or end the waits of others.
    for (Wait wait = ends.next(); wait != ends; ) {
      Wait next = wait.next();
      if (wait.untilTick <= now) {
        wait.unlink();
        wait.linkBefore(late);
      }
      wait = next;
    }
    while (late.next() != late) {
      Wait first = late.next();
      first.unlink();
      first.exchange().endWait();
    }
  }

  /** The place of one exchange among those that wait; it belongs to the exchange's event loop. */
  static final class Wait {
    private final @Nullable ProxyExchange exchange;
    private @Nullable Wait next;
    private @Nullable Wait previous;
    private long untilTick;

    /** A place that nobody waits in yet. */
    Wait(@Nullable ProxyExchange exchange) {
      this.exchange = exchange;
    }

    private Wait next() {
      return linked(next);
    }

    private ProxyExchange exchange() {
      return linked(exchange);
    }

    private void linkBefore(Wait other) {
      Wait before = linked(other.previous);
      next = other;
      previous = before;
      before.next = this;
      other.previous = this;
    }

    private void unlink() {
      if (next != null && previous != null) {
        previous.next = next;
        next.previous = previous;
        next = null;
        previous = null;
      }
    }

    private static <T> T linked(@Nullable T neighbour) {
      if (neighbour == null) {
        throw new IllegalStateException("not linked");
      }
      return neighbour;
    }
  }
}
