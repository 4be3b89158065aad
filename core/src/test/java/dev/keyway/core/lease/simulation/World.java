package dev.keyway.core.lease.simulation;

import dev.keyway.core.lease.LeaseTerms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Three nodes over one database, and callers who verify and revoke all the time. */
final class World {
  static final int NODES = 3;

  /** In microseconds; shorter than the product's, so that more happens. */
  static final LeaseTerms TERMS = new LeaseTerms(50_000, 80_000, 3_000, 10, 5);

  /** For how long things happen that may go wrong. */
  static final long STORM = 4_000_000;

  private static final long SHORTEST_TTL = 200_000;
  private static final long LONGEST_TTL = 700_000;
  private static final long VERIFY = 9_000;
  private static final int SLOWEST = 900;
  private static final int FASTEST = 1_100;
  private static final int MUCH_TOO_SLOW = 600;

  private final Timeline timeline;
  private final Chance chance;
  private final Mistake mistake;
  private final Weather weather;
  private final History history;
  private final Database database;
  private final Statements statements;
  private final Node[] nodes = new Node[NODES];
  private final List<Node> all = new ArrayList<>();
  private final boolean hasWakeUps;
  private Runnable joining = () -> {};
  private int lives;
  private int endedLast;

  World(long seed, Mistake mistake, boolean isTraced) {
    this.timeline = new Timeline(isTraced);
    this.chance = new Chance(seed);
    this.mistake = mistake;
    this.weather = Weather.of(seed);
    this.history = new History(timeline);
    this.database = new Database(timeline, chance, new State(ttl()));
    this.statements = new Statements(mistake);
    this.hasWakeUps = weather != Weather.STORM || !chance.oneIn(3);
    for (int i = 0; i < NODES; i++) {
      start(i);
      verify(i);
    }
  }

  /** The node has begun a new life, with a clock of its own. */
  void start(int number) {
    long rate = rate();
    lives++;
    timeline.say(() -> "node " + number + ": starts, its clock at " + rate);
    var site =
        new Site(
            number,
            lives,
            mistake,
            weather,
            timeline,
            chance,
            new Machine(timeline, chance, rate),
            new Network(timeline, chance, database, this::breaks),
            statements,
            history,
            () -> joining.run());
    nodes[number] = new Node(site, TERMS, () -> wakeAllBut(number));
    all.add(nodes[number]);
    nodes[number].start();
  }

  /** What is to happen whenever a node begins to join. */
  void whenJoining(Runnable what) {
    joining = what;
  }

  /** Somebody ends a key on a node. */
  void revoke(int number, int key) {
    endedLast = key;
    nodes[number].revoke(key);
  }

  /** Commits that were answered are gone. */
  void lose() {
    history.lost(database.lose(), longestWait());
  }

  /** Clocks at their bounds are the interesting ones. */
  private long rate() {
    int slowest = mistake == Mistake.TOO_MUCH_DRIFT ? MUCH_TOO_SLOW : SLOWEST;
    return switch (chance.below(8)) {
      case 0, 1, 2 -> slowest;
      case 3, 4, 5 -> FASTEST;
      default -> chance.between(slowest, FASTEST);
    };
  }

  long ttl() {
    return chance.between(SHORTEST_TTL, LONGEST_TTL);
  }

  private boolean breaks() {
    return weather == Weather.STORM && timeline.now() < STORM;
  }

  private void wakeAllBut(int number) {
    for (int i = 0; i < NODES; i++) {
      if (i != number && hasWakeUps) {
        nodes[i].wake();
      }
    }
  }

  /** Keys that somebody ends are asked for more than the others. */
  private void verify(int number) {
    timeline.after(
        chance.between(1, VERIFY),
        () -> {
          nodes[number].verify(chance.oneIn(2) ? endedLast : chance.below(Keys.COUNT));
          verify(number);
        });
  }

  Timeline timeline() {
    return timeline;
  }

  Chance chance() {
    return chance;
  }

  Weather weather() {
    return weather;
  }

  History history() {
    return history;
  }

  Database database() {
    return database;
  }

  Node node(int number) {
    return nodes[number];
  }

  boolean isEveryNodeHeld() {
    return Arrays.stream(nodes).allMatch(Node::isHeld);
  }

  List<Revoking.Revoked> revoked() {
    return all.stream().flatMap(node -> node.revoked().stream()).toList();
  }

  /** How long whoever waits may have to, by the slowest clock. */
  static long longestWait() {
    return TERMS.waitFor(LONGEST_TTL) * 1_000 / SLOWEST;
  }
}
