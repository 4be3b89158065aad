package dev.keyway.server.api;

import dev.keyway.core.audit.Actor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many rows of the trail the refused calls of one caller may make: 60 at once, then one a
 * second. What is beyond that is counted, so that a row can tell of it later.
 */
final class RefusalRates {
  static final int AT_ONCE = 60;
  static final long INTERVAL_MILLIS = 1_000;

  /** Callers hold good credentials, so nobody can make many of them up. */
  static final int MOST_CALLERS = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(RefusalRates.class);

  private final LongSupplier millis;
  private final Map<Actor, Rate> rates = new LinkedHashMap<>(16, 0.75f, true);

  /** Rates by a clock in milliseconds that may be set: nothing worse than a late row follows. */
  RefusalRates(LongSupplier millis) {
    this.millis = millis;
  }

  /** Takes the right to write a row; false, and one more is counted, when there is none. */
  synchronized boolean take(Actor caller, String action) {
    Rate rate = rates.computeIfAbsent(caller, _ -> new Rate());
    makeRoom();
    if (rate.take(millis.getAsLong())) {
      return true;
    }
    if (rate.leftOut == 0) {
      LOG.atWarn()
          .addKeyValue("caller", caller.id())
          .log("a caller is refused so often that one row of the trail will stand for many");
    }
    rate.leftOut++;
    rate.lastAction = action;
    return false;
  }

  /** What a caller's row has to tell of, if it may be written now; else nothing. */
  synchronized LeftOut takeLeftOut(Actor caller) {
    Rate rate = rates.get(caller);
    if (rate == null || rate.leftOut == 0 || !rate.take(millis.getAsLong())) {
      return LeftOut.NONE;
    }
    var told = new LeftOut(rate.leftOut, rate.lastAction);
    rate.leftOut = 0;
    return told;
  }

  /** Counts again what could not be told. */
  synchronized void giveBack(Actor caller, LeftOut untold) {
    Rate rate = rates.computeIfAbsent(caller, _ -> new Rate());
    makeRoom();
    rate.leftOut += untold.calls;
    rate.lastAction = untold.action;
  }

  private void makeRoom() {
    if (rates.size() > MOST_CALLERS) {
      var oldest = rates.entrySet().iterator();
      var gone = oldest.next();
      if (gone.getValue().leftOut > 0) {
        LOG.atWarn()
            .addKeyValue("caller", gone.getKey().id())
            .addKeyValue("refusals", gone.getValue().leftOut)
            .log("refused calls have no row of the trail");
      }
      oldest.remove();
    }
  }

  /**
   * Refused calls without a row.
   *
   * @param action of the last of them
   */
  record LeftOut(long calls, String action) {
    static final LeftOut NONE = new LeftOut(0, "");
  }

  private static final class Rate {
    private long busyUntil;
    private long leftOut;
    private String lastAction = "";

    boolean take(long now) {
      long next = Math.max(busyUntil, now) + INTERVAL_MILLIS;
      if (next - now > AT_ONCE * INTERVAL_MILLIS) {
        return false;
      }
      busyUntil = next;
      return true;
    }
  }
}
