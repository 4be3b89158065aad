package dev.keyway.store.redis;

import static dev.keyway.store.Observation.good;
import static dev.keyway.store.Observation.problem;
import static dev.keyway.store.Observation.warning;

import dev.keyway.core.UnavailableException;
import dev.keyway.store.Observation;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks at the server that counts limits from outside, and changes nothing. */
public final class RedisExamination {
  /** A request that finds no units in hand waits for one of these. */
  private static final Duration MOST_ROUND_TRIP = Duration.ofMillis(20);

  private static final int TRIES = 5;

  /** What the script of the limits may do, as far as it can be tried without writing. */
  private static final String TRIAL = "redis.call('TIME') return redis.call('TYPE', KEYS[1]).ok";

  private RedisExamination() {}

  /** What is seen of the server that these settings name. */
  public static List<Observation> of(RedisSettings settings) {
    var seen = new ArrayList<Observation>();
    try (var link = new RedisLink(settings)) {
      link.open();
      RedisServer server = RedisServer.of(link.call(redis -> redis.info()));
      seen.add(good("Redis %s counts limits".formatted(server.version())));
      if (server.mayLoseOnFailover()) {
        seen.add(
            warning(
                "Redis has replicas and no min-replicas-to-write: a fail-over that leaves two servers"
                    + " can exceed limits"));
      }
      String type = link.call(redis -> redis.eval(TRIAL, ScriptOutputType.VALUE, RedisUnits.STATE));
      if (!type.equals("none") && !type.equals("hash")) {
        seen.add(problem("Redis holds something of others' as " + RedisUnits.STATE));
      }
      seen.add(roundTrip(link));
    } catch (UnavailableException e) {
      seen.add(problem("%s Limits end in 503.".formatted(e.getMessage())));
    }
    return seen;
  }

  private static Observation roundTrip(RedisLink link) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      long begun = System.nanoTime();
      var _ = link.call(redis -> redis.ping());
      best = Math.min(best, System.nanoTime() - begun);
    }
    String text = "Redis answers in %.1f ms".formatted(best / 1e6);
    return best <= MOST_ROUND_TRIP.toNanos() ? good(text) : warning(text + ": it is far away");
  }
}
