package dev.keyway.conformance.cluster;

import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Postgres;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.ServedKeyway;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.WireUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Several real nodes over one real PostgreSQL, each behind a network of its own. */
final class Fleet implements AutoCloseable {
  /** How long a lease lasts here. */
  static final Duration LEASE = Duration.ofSeconds(2);

  /** For how long a node that is silent can hold a revocation up: (1 + e) / (1 - e), and 50 ms. */
  static final Duration LONGEST_WAIT = LEASE.multipliedBy(11).dividedBy(9).plusMillis(50);

  /** Keys of accounts; workspaces, plans and members; a limit that is soon used up. */
  private static final List<String> PROFILES =
      List.of("flood/flood.yaml", "cluster/crew.yaml", "cluster/tight.yaml");

  private final Postgres postgres;
  private final WireUpstream upstream;
  private final List<Node> nodes;
  private final Tenants tenants;
  private final String account;

  private Fleet(Postgres postgres, WireUpstream upstream, List<Node> nodes) {
    this.postgres = postgres;
    this.upstream = upstream;
    this.nodes = List.copyOf(nodes);
    this.tenants = nodes.getFirst().keyway().tenants();
    this.account = tenants.account("flood");
  }

  /** So many nodes on an empty database. */
  static Fleet start(int nodes) {
    return start(nodes, null);
  }

  /** The same of a broken build: these classes take the place of the program's own. */
  static Fleet startPatched(int nodes, Path classes) {
    return start(nodes, classes);
  }

  /** So many nodes over a server with an empty database, which ends with them. */
  static Fleet over(Postgres postgres, int nodes) {
    return start(postgres, nodes, null, Map.of(), _ -> "");
  }

  /** The same whose last node runs in another environment than the others. */
  static Fleet startWithOneIn(Map<String, String> environment, int nodes) {
    return start(Postgres.start(), nodes, null, environment, _ -> "");
  }

  /** So many nodes on an empty database, each with further lines of settings. */
  static Fleet startWith(IntFunction<String> settings, int nodes) {
    return start(Postgres.start(), nodes, null, Map.of(), settings);
  }

  private static Fleet start(int nodes, @Nullable Path classes) {
    return start(Postgres.start(), nodes, classes, Map.of(), _ -> "");
  }

  private static Fleet start(
      Postgres postgres,
      int nodes,
      @Nullable Path classes,
      Map<String, String> lastOnes,
      IntFunction<String> settings) {
    WireUpstream upstream = WireUpstream.start();
    upstream.otherwise((_, wire) -> wire.respond(200, "text/plain", "ok"));
    var all = new ArrayList<Node>();
    for (int i = 0; i < nodes; i++) {
      Node first = all.isEmpty() ? null : all.getFirst();
      Map<String, String> environment = i == nodes - 1 ? lastOnes : Map.of();
      String more = settings.apply(i);
      all.add(node("node " + i, postgres, upstream, first, classes, environment, more));
    }
    return new Fleet(postgres, upstream, all);
  }

  private static Node node(
      String name,
      Postgres postgres,
      WireUpstream upstream,
      @Nullable Node first,
      @Nullable Path classes,
      Map<String, String> environment,
      String more) {
    Path data = RunningKeyway.temporaryFolder("keyway-serve");
    var proxy = TcpProxy.before(postgres.port());
    try {
      Path profiles = Files.createDirectories(data.resolve("profiles"));
      for (String profile : PROFILES) {
        Path file = profiles.resolve(Path.of(profile).getFileName());
        Files.writeString(
            file,
            Resource.text(profile)
                .replace("http://upstream.invalid", upstream.address().toString()));
      }
      if (first != null) {
        Files.copy(first.keyway().data().resolve("operator-key"), data.resolve("operator-key"));
      }
      String store = postgres.setting(proxy.port(), "lease: " + LEASE.toSeconds() + "s");
      var settings = new ServedKeyway.Settings("", "", store + more);
      return new Node(name, proxy, ServedKeyway.start(data, settings, environment, classes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Node node(int index) {
    return nodes.get(index);
  }

  List<Node> nodes() {
    return nodes;
  }

  Postgres postgres() {
    return postgres;
  }

  WireUpstream upstream() {
    return upstream;
  }

  /** A new key, made at the first node. */
  NewKey key() {
    return tenants.create(Json.of("product", "flood", "account", account));
  }

  /** The same; empty while the first node makes none. */
  Optional<NewKey> tryKey() {
    try {
      return Optional.of(key());
    } catch (AssertionError e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    // All at once: each takes a moment to part from its clients.
    nodes.forEach(node -> node.keyway().program().terminate());
    nodes.forEach(Node::close);
    upstream.close();
    postgres.crash();
  }
}
