package dev.keyway.app.assembly;

import dev.keyway.app.config.LimitSettings;
import dev.keyway.app.config.LimitSettings.OnStoreLoss;
import dev.keyway.core.limit.LimitEvents;
import dev.keyway.core.limit.NodeClock;
import dev.keyway.core.limit.NodeLimiter;
import dev.keyway.core.limit.RollingWindowLimiter;
import dev.keyway.core.limit.SharedLimiter;
import dev.keyway.core.limit.SharingUnits;
import dev.keyway.store.postgres.PostgresDatabase;
import dev.keyway.store.postgres.PostgresUnits;
import dev.keyway.store.redis.RedisSettings;
import dev.keyway.store.redis.RedisUnits;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which limiter a node has: one of its own over its file, one that shares with others over
 * PostgreSQL, and with Redis where that is named.
 *
 * @param shared the limiter as one that shares; null for one of a lone node
 * @param sharing what stands before Redis; null without it
 * @param readings what else is to be done every second or so, by a thread of its own
 */
record NodeLimits(
    NodeLimiter limiter,
    @Nullable SharedLimiter shared,
    @Nullable SharingUnits sharing,
    List<Runnable> readings) {
  private static final Logger LOG = LoggerFactory.getLogger(NodeLimits.class);
  private static final int NAME_BYTES = 8;

  /**
   * The limits of a node.
   *
   * @param nodeName under which it is entered among the others; empty while it is not
   */
  static NodeLimits of(
      StoreAssembly store,
      LimitSettings settings,
      LimitEvents events,
      SecureRandom random,
      InstantSource clock,
      Supplier<String> nodeName) {
    if (!(store.database() instanceof PostgresDatabase database)) {
      var own =
          new RollingWindowLimiter(
              store.windows(), new NodeClock(NodeLimits::millis, clock), events);
      return new NodeLimits(own, null, null, List.of());
    }
    byte[] bytes = new byte[NAME_BYTES];
    random.nextBytes(bytes);
    String node = HexFormat.of().formatHex(bytes);
    var inDatabase = new PostgresUnits(database);
    RedisSettings redis = settings.redis();
    if (redis == null) {
      LOG.info("limits are counted in PostgreSQL: with redis they cost it less");
      var limiter =
          new SharedLimiter(inDatabase, System::nanoTime, events::due, inDatabase::forget, node);
      return new NodeLimits(limiter, limiter, null, List.of());
    }
    var count = new NodeCount(() -> database.leases().nodes().rows(), nodeName, System::nanoTime);
    var sharing =
        new SharingUnits(
            new RedisUnits(redis, node, beginning(inDatabase), System::nanoTime),
            count,
            NodeLimits::millis,
            settings.onStoreLoss() == OnStoreLoss.SHARE,
            new Said());
    var limiter =
        new SharedLimiter(
            sharing, inDatabase, System::nanoTime, events::due, inDatabase::forget, node);
    return new NodeLimits(limiter, limiter, sharing, List.of(count::read));
  }

  /** A number of the limiter that shares; 0 for one of a lone node. */
  long ofShared(ToLongFunction<SharedLimiter> number) {
    return shared == null ? 0 : number.applyAsLong(shared);
  }

  /** How often what counts here did not answer. */
  long failures() {
    return ofShared(SharedLimiter::failures) + (sharing == null ? 0 : sharing.failures());
  }

  /** Whether Redis is gone. */
  boolean isLost() {
    return sharing != null && sharing.isLost();
  }

  /** Whether this node admits its share by itself. */
  boolean isSharing() {
    return sharing != null && sharing.isSharing();
  }

  private static long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  private static RedisUnits.Beginning beginning(PostgresUnits units) {
    return new RedisUnits.Beginning() {
      private volatile boolean isOver;

      @Override
      public boolean isFirst() {
        // It is over for good, and Redis is not to wait for a slow database again.
        isOver = isOver || !units.isFirst();
        return !isOver;
      }

      @Override
      public void begun() {
        units.begun();
      }
    };
  }

  /** Says what becomes of Redis. */
  private static final class Said implements SharingUnits.Events {
    @Override
    public void lost(String why) {
      LOG.warn("limits have lost Redis, what is in hand is spent and no more: {}", why);
    }

    @Override
    public void shares(int divisor) {
      LOG.warn("without Redis this node admits one part in {} of each limit", divisor);
    }

    @Override
    public void found() {
      LOG.info("Redis answers again: limits are counted there");
    }
  }
}
