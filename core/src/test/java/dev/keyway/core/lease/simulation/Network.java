package dev.keyway.core.lease.simulation;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Between one machine and the database: what is on its way takes its time, overtakes, or is lost. A
 * caller who hears nothing gives up; what it asked for may be done all the same, and later.
 */
final class Network {
  private static final long QUICK = 500;
  private static final long SLOW = 80_000;
  private static final int SELDOM = 20;
  private static final long TIMEOUT = 200_000;

  private final Timeline timeline;
  private final Chance chance;
  private final Database database;
  private final BooleanSupplier breaks;
  private long cutUntil;

  Network(Timeline timeline, Chance chance, Database database, BooleanSupplier breaks) {
    this.timeline = timeline;
    this.chance = chance;
    this.database = database;
    this.breaks = breaks;
  }

  /** Nothing comes through for so long, in either direction. */
  void cutFor(long duration) {
    cutUntil = Math.max(cutUntil, timeline.now() + duration);
  }

  /** Calls the database for a machine; exactly one of the two is told, once. */
  <T> void call(Machine machine, Request<T> request, Consumer<T> answer, Runnable failure) {
    var caller = new Caller<T>(answer, failure);
    machine.after(TIMEOUT, caller::giveUp);
    carry(() -> arrive(machine, request, caller));
    if (breaks.getAsBoolean() && chance.oneIn(100)) {
      // The connection breaks after the request has left.
      machine.after(delay(), caller::giveUp);
    }
  }

  private <T> void arrive(Machine machine, Request<T> request, Caller<T> caller) {
    Server server = database.reach();
    if (server != null) {
      server.take(
          request,
          reply -> {
            carry(() -> machine.after(1, () -> caller.hear(reply)));
            if (breaks.getAsBoolean() && chance.oneIn(50)) {
              carry(() -> machine.after(1, () -> caller.hear(reply)));
            }
          });
    }
  }

  /** A word to a machine that may be lost, late, or come twice. */
  void wake(Machine machine, Runnable what) {
    int times = breaks.getAsBoolean() && chance.oneIn(5) ? 2 : 1;
    for (int i = 0; i < times; i++) {
      carry(() -> machine.after(1, what));
    }
  }

  private void carry(Runnable what) {
    if (isLost()) {
      return;
    }
    timeline.after(
        delay(),
        () -> {
          if (!isLost()) {
            what.run();
          }
        });
  }

  private boolean isLost() {
    return timeline.now() < cutUntil || (breaks.getAsBoolean() && chance.oneIn(200));
  }

  private long delay() {
    return breaks.getAsBoolean() ? chance.delay(QUICK, SLOW, SELDOM) : chance.between(1, QUICK);
  }

  /** Hears one answer, or none. */
  private static final class Caller<T> {
    private final Consumer<T> answer;
    private final Runnable failure;
    private boolean isOver;

    Caller(Consumer<T> answer, Runnable failure) {
      this.answer = answer;
      this.failure = failure;
    }

    void hear(T reply) {
      if (!isOver) {
        isOver = true;
        answer.accept(reply);
      }
    }

    void giveUp() {
      if (!isOver) {
        isOver = true;
        failure.run();
      }
    }
  }
}
