package dev.keyway.core.lease.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A PostgreSQL server with one synchronous standby: a transaction is seen, lets go of its locks and
 * is answered only when the standby has it. One that was deposed goes on reading, and commits
 * nothing any more.
 */
final class Server {
  private static final long QUICK = 600;
  private static final long SLOW = 90_000;
  private static final int SELDOM = 25;

  private final Timeline timeline;
  private final Chance chance;
  private final State visible;
  private final State standby;
  private final List<Waiting<?>> waiting = new ArrayList<>();
  private final List<Request<?>> holding = new ArrayList<>();
  private boolean isDeposed;

  Server(Timeline timeline, Chance chance, State state) {
    this.timeline = timeline;
    this.chance = chance;
    this.visible = state;
    this.standby = state.copy();
  }

  /** What anybody who asks this server sees. */
  State visible() {
    return visible;
  }

  /** From now on no commit of this server returns; its standby becomes a server. */
  Server failOver() {
    isDeposed = true;
    return new Server(timeline, chance, standby.copy());
  }

  <T> void take(Request<T> request, Consumer<T> reply) {
    waiting.add(new Waiting<>(request, request.statement().apply(visible), reply));
    goOn();
  }

  private void goOn() {
    for (Waiting<?> next : List.copyOf(waiting)) {
      if (holding.stream().noneMatch(next.request::conflictsWith)) {
        waiting.remove(next);
        holding.add(next.request);
        run(next);
      }
    }
  }

  private <T> void run(Waiting<T> one) {
    Request.Outcome<T> outcome = one.locked.apply(visible);
    Consumer<State> effect = outcome.effect();
    if (effect == null) {
      holding.remove(one.request);
      one.reply.accept(outcome.answer());
      return;
    }
    timeline.after(
        chance.delay(QUICK, SLOW, SELDOM),
        () -> {
          if (!isDeposed) {
            effect.accept(standby);
            timeline.after(
                chance.delay(QUICK, SLOW, SELDOM), () -> end(one, outcome.answer(), effect));
          }
        });
  }

  private <T> void end(Waiting<T> one, T answer, Consumer<State> effect) {
    if (!isDeposed) {
      effect.accept(visible);
      holding.remove(one.request);
      timeline.say(() -> "database: " + one.request.name());
      one.reply.accept(answer);
      goOn();
    }
  }

  private record Waiting<T>(
      Request<T> request, Function<State, Request.Outcome<T>> locked, Consumer<T> reply) {}
}
