package dev.keyway.store.redis;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.limit.CountedSubject;
import dev.keyway.core.limit.Period;
import dev.keyway.core.limit.SharedUnits;
import dev.keyway.core.limit.UnitLife;
import dev.keyway.core.limit.UnitStore.Claim;
import dev.keyway.core.limit.UnitStore.Grant;
import dev.keyway.core.limit.UnitStore.Outcome;
import io.lettuce.core.ScriptOutputType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Units in Redis or Valkey: each call is one script, which runs as a whole or not at all, by the
 * server's clock. Decision 0024 says what holds when the server is lost, forgets or fails over.
 */
public final class RedisUnits implements SharedUnits {
  private static final Logger LOG = LoggerFactory.getLogger(RedisUnits.class);
  static final String STATE = "keyway:limits";
  private static final String NODES = "keyway:limits:nodes";
  private static final String SCRIPT = script();

  /** Forgets a node that never took a share, in one step with looking whether it did. */
  private static final String LEAVE =
      """
      local entry = redis.call('HGET', KEYS[1], ARGV[1])
      if entry and string.match(entry, '^%S+ %S+ %S+ %S+ (%S+)') == '0' then
        redis.call('HDEL', KEYS[1], ARGV[1])
      end
      return 0
      """;

  /** A grant in the script's answer, and what stands before the first. */
  private static final int FIELDS = 5;

  private static final int HEAD = 4;
  private static final Outcome[] OUTCOMES = Outcome.values();

  private final RedisLink link;
  private final String node;
  private final Beginning beginning;
  private final LongSupplier nanos;
  private final RedisClock clock = new RedisClock();
  private String run = "";
  private String digest = "";
  private String memory = "";
  private boolean mayBeFirst;
  private boolean isClosed;

  /** Whether an empty memory can be one that never held anything. */
  public interface Beginning {
    /** Whether no node of this installation ever admitted anything. */
    boolean isFirst();

    /** There is a memory, and from now on units may be granted. */
    void begun();
  }

  /**
   * Units that are asked for when they are needed.
   *
   * @param node a name of this run of this node, never given twice
   * @param beginning asked once for each connection
   * @param nanos a clock that is never set
   */
  public RedisUnits(RedisSettings settings, String node, Beginning beginning, LongSupplier nanos) {
    this.link = new RedisLink(settings);
    this.node = node;
    this.beginning = beginning;
    this.nanos = nanos;
  }

  @Override
  public synchronized List<Grant> claim(Standing standing, List<Claim> claims) {
    connect();
    if (!clock.isKnown(nanos.getAsLong())) {
      readClock();
    }
    boolean isSet = clock.takeIsSet();
    try {
      // Another node may have begun since the connection was made.
      mayBeFirst = mayBeFirst && beginning.isFirst();
      if (mayBeFirst) {
        // The memory is made before anything is granted, so that nothing granted can pass for none.
        var _ = ask(standing, List.of(), isSet);
        beginning.begun();
        mayBeFirst = false;
      }
      return ask(standing, claims, isSet);
    } catch (UnavailableException e) {
      if (isSet) {
        clock.putIsSet();
      }
      throw e;
    }
  }

  @Override
  public synchronized boolean isReachable() {
    try {
      connect();
      return link.call(redis -> redis.ping()).equals("PONG");
    } catch (UnavailableException e) {
      return false;
    }
  }

  @Override
  public synchronized void leave() {
    String[] keys = {NODES};
    try {
      if (link.isOpen()) {
        Long _ = link.call(redis -> redis.eval(LEAVE, ScriptOutputType.INTEGER, keys, node));
      }
    } catch (UnavailableException e) {
      LOG.warn("Redis could not be told that this node ends: it holds its share back for a while");
    }
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    link.close();
  }

  private List<Grant> ask(Standing standing, List<Claim> claims, boolean isSet) {
    long sentAt = nanos.getAsLong();
    List<String> said = new ArrayList<>();
    said.add(run);
    said.add(UUID.randomUUID().toString().substring(0, 8));
    said.add(mayBeFirst ? "1" : "0");
    said.add(String.valueOf(clock.latest(sentAt)));
    said.add(isSet ? "1" : "0");
    said.add(node);
    said.add(String.valueOf(standing.divisor()));
    said.add(String.valueOf(standing.sharedDivisor()));
    said.add(String.valueOf(SILENT_MILLIS));
    said.add(String.valueOf(YOUNG_MILLIS));
    said.add(String.valueOf(standing.memberMillis()));
    said.add(String.valueOf(UnitLife.LONGEST_COUNTED_MILLIS));
    said.add(String.valueOf(clock.watchedFrom()));
    claims.forEach(claim -> add(said, claim, standing));
    String[] keys = {STATE, NODES};
    List<Object> answer =
        link.call(redis ->
            redis.evalsha(digest, ScriptOutputType.MULTI, keys, said.toArray(String[]::new)));
    clock.read(number(answer, 1), sentAt, nanos.getAsLong());
    if (number(answer, 0) != 0) {
      throw new UnavailableException("Redis did it too late, or its clock was set.", null);
    }
    remember((String) answer.get(3), isSet);
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i < claims.size(); i++) {
      grants.add(grant(answer, HEAD + i * FIELDS, claims.get(i)));
    }
    return grants;
  }

  private static void add(List<String> said, Claim claim, Standing standing) {
    Period.Rolling period = (Period.Rolling) claim.period();
    long window = period.window().toMillis();
    long life = UnitLife.millis(period);
    CountedSubject subject = claim.subject();
    said.add(subject.by().text() + ':' + subject.limit() + ':' + subject.id());
    said.add(claim.account());
    said.add(String.valueOf(claim.number()));
    said.add(String.valueOf(claim.allowed()));
    said.add(String.valueOf(claim.spent()));
    said.add(String.valueOf(claim.inHand()));
    said.add(String.valueOf(claim.least()));
    said.add(String.valueOf(claim.wanted()));
    said.add(String.valueOf(window));
    said.add(String.valueOf(life));
    said.add(String.valueOf(standing.mostNodes(window + life)));
  }

  private static Grant grant(List<Object> answer, int at, Claim claim) {
    return new Grant(
        OUTCOMES[(int) number(answer, at)],
        (int) number(answer, at + 1),
        number(answer, at + 2) == 1,
        number(answer, at + 3),
        number(answer, at + 4),
        UnitLife.spendableMillis((Period.Rolling) claim.period()));
  }

  private static long number(List<Object> answer, int at) {
    return (Long) answer.get(at);
  }

  private void connect() {
    if (isClosed) {
      throw new UnavailableException("The node is stopping.", null);
    }
    if (link.isOpen()) {
      return;
    }
    link.open();
    try {
      RedisServer server = RedisServer.of(link.call(redis -> redis.info()));
      run = server.run();
      if (server.mayLoseOnFailover()) {
        LOG.warn(
            "Redis has replicas and no min-replicas-to-write: while a failover leaves two servers"
                + " that grant, limits can be exceeded");
      }
      digest = link.call(redis -> redis.scriptLoad(SCRIPT));
      readClock();
      mayBeFirst = beginning.isFirst();
    } catch (UnavailableException e) {
      link.drop();
      throw e;
    }
  }

  private void readClock() {
    long sentAt = nanos.getAsLong();
    List<String> time = link.call(redis -> redis.time());
    long millis = Long.parseLong(time.get(0)) * 1_000 + Long.parseLong(time.get(1)) / 1_000;
    clock.read(millis, sentAt, nanos.getAsLong());
  }

  private void remember(String now, boolean isSet) {
    if (!memory.isEmpty() && !memory.equals(now)) {
      LOG.atWarn()
          .addKeyValue("clock_set", isSet)
          .log("Redis has lost its memory, or may have: it grants nothing for a window from then");
    }
    memory = now;
  }

  private static String script() {
    try (InputStream in = RedisUnits.class.getResourceAsStream("claim.lua")) {
      if (in == null) {
        throw new IllegalStateException("claim.lua is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
