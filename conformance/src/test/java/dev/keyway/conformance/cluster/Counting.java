package dev.keyway.conformance.cluster;

import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Redis;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Tenants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A fleet that counts limits together: in a real Redis, which each node reaches by a way of its
 * own, or in the database.
 */
final class Counting implements AutoCloseable {
  /** The limit of {@code cluster/tight.yaml}. */
  static final int ALLOWED = 60;

  static final Duration WINDOW = Duration.ofSeconds(2);

  private final Redis redis = Redis.start();
  private final List<TcpProxy> ways;
  private final Fleet fleet;
  private final NewKey key;

  private Counting(int nodes, UnaryOperator<String> settings) {
    this.ways = IntStream.range(0, nodes).mapToObj(_ -> TcpProxy.before(redis.port())).toList();
    this.fleet = Fleet.startWith(i -> settings.apply(String.valueOf(ways.get(i).port())), nodes);
    Tenants tenants = fleet.node(0).keyway().tenants();
    this.key = tenants.create(Json.of("product", "tight", "account", tenants.account("tight")));
  }

  /** So many nodes that count in Redis. */
  static Counting inRedis(int nodes) {
    Path password = RunningKeyway.temporaryFolder("keyway-redis").resolve("password");
    try {
      Files.writeString(password, Redis.PASSWORD);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Counting(
        nodes,
        port ->
            "redis: {url: \"redis://127.0.0.1:%s/1\", password: \"${file:%s}\"}%n"
                .formatted(port, password));
  }

  /** So many nodes that count in the database. */
  static Counting inDatabase(int nodes) {
    return new Counting(nodes, _ -> "");
  }

  Redis redis() {
    return redis;
  }

  Fleet fleet() {
    return fleet;
  }

  /** The key whose limit is spent. */
  NewKey key() {
    return key;
  }

  /** How a node reaches Redis. */
  TcpProxy way(int node) {
    return ways.get(node);
  }

  /** What a node's gateway answers where the limit holds. */
  Answer limited(Node node) {
    return node.keyway().door().getAs(key, "/tight/t");
  }

  /** What it answers where none does. */
  Answer unlimited(Node node) {
    return node.keyway().door().getAs(key, "/tight/free");
  }

  /** A metric of a node. */
  static double metric(Node node, String name) {
    return node.keyway()
        .anonymous()
        .get("/metrics")
        .expect(200)
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }

  /** Waits until every node admits, with what it is granted or with its share. */
  void awaitAdmissions(Duration within, Admissions admissions) {
    fleet
        .nodes()
        .forEach(node ->
            Eventually.holds(node.name() + " admits", within, () -> tryOne(node, admissions)));
  }

  private boolean tryOne(Node node, Admissions admissions) {
    long sent = System.nanoTime();
    boolean isAdmitted = limited(node).status() == 200;
    if (isAdmitted) {
      admissions.add(sent, System.nanoTime());
    }
    return isAdmitted;
  }

  @Override
  public void close() {
    fleet.close();
    ways.forEach(TcpProxy::close);
    redis.close();
  }
}
