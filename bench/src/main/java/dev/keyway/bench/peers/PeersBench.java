package dev.keyway.bench.peers;

import dev.keyway.bench.Options;
import dev.keyway.bench.Progress;
import dev.keyway.bench.contest.Arena;
import dev.keyway.bench.contest.Contender;
import dev.keyway.bench.contest.Contest;
import dev.keyway.bench.contest.Place;
import dev.keyway.bench.contest.Ratio;
import dev.keyway.bench.contest.Ratio.Figure;
import dev.keyway.bench.keyway.KeywayFolder;
import dev.keyway.bench.keyway.Stage;
import dev.keyway.bench.keyway.Surroundings;
import dev.keyway.bench.load.RequestForm;
import dev.keyway.bench.load.Tools;
import dev.keyway.bench.load.Versions;
import dev.keyway.bench.measure.Goal;
import dev.keyway.bench.server.Caddy;
import dev.keyway.bench.server.Certificate;
import dev.keyway.bench.server.HaProxy;
import dev.keyway.bench.server.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Keyway's decisions beside others': the maps of nginx, Caddy and HAProxy, and better-auth's
 * API-key plugin.
 */
public final class PeersBench {
  /** What the slowest can do without a queue. */
  private static final Map<String, Integer> DEFAULTS = Map.of("--paced-rate", 300);

  private static final Contender FORWARD_AUTH =
      new Contender("keyway forward-auth", "GET /authz", 200);
  private static final Contender VERIFY =
      new Contender("keyway POST /v1/keys/verify", "a backend asks", 200);
  private static final Contender NGINX = new Contender("nginx map", "a hash of the keys", 200);
  private static final Contender HAPROXY = new Contender("HAProxy map", "a tree of the keys", 200);
  private static final Contender CADDY = new Contender("Caddy map", "a list of the keys", 200);
  private static final Contender BETTER_AUTH =
      new Contender("better-auth", "API-key plugin on Node", 200);

  private static final Contest CONTEST =
      new Contest(
          "peers",
          "Decisions beside peers",
          List.of(
              Ratio.cpu(BETTER_AUTH, FORWARD_AUTH, Goal.atLeast(50)),
              Ratio.cpu(BETTER_AUTH, VERIFY, Goal.atLeast(50)),
              Ratio.reported(FORWARD_AUTH, NGINX, Figure.CPU),
              Ratio.reported(FORWARD_AUTH, HAPROXY, Figure.CPU),
              Ratio.reported(FORWARD_AUTH, CADDY, Figure.CPU),
              Ratio.reported(FORWARD_AUTH, NGINX, Figure.P99_FIXED_RATE),
              Ratio.reported(BETTER_AUTH, FORWARD_AUTH, Figure.P99_FIXED_RATE)),
          List.of(
              "verifies per CPU second are the other way round: who costs 50 times the CPU does a 50th of them",
              "nginx, HAProxy and Caddy compare keys in the clear; Caddy 2.6 goes through its map from the beginning",
              "better-auth hashes, reads and writes SQLite on every verify, as it does by default; rate limit off"));

  private final Stage stage;
  private final Options options;
  private final BetterAuth betterAuth;

  private PeersBench(Stage stage, Options options, BetterAuth betterAuth) {
    this.stage = stage;
    this.options = options;
    this.betterAuth = betterAuth;
  }

  /**
   * Runs the benchmark and prints its report.
   *
   * @return false if a goal was missed in every round
   * @throws dev.keyway.bench.BenchException if it could not be measured
   */
  public static boolean run(List<String> arguments, Progress progress) {
    Options options = Options.parse(arguments, DEFAULTS);
    Tools tools = Tools.findOrInstall(progress, "wrk", "nginx", "haproxy", "caddy");
    try (var stage = Stage.set(options, progress, tools)) {
      var betterAuth = BetterAuth.install(stage.project(), progress);
      var bench = new PeersBench(stage, options, betterAuth);
      return CONTEST.run(stage, bench.surroundings(), options, progress, bench::open);
    }
  }

  private Surroundings surroundings() {
    return stage
        .surroundings()
        .with("haproxy", Versions.of(stage.tools().path("haproxy"), "-v"))
        .with("caddy", Versions.of(stage.tools().path("caddy"), "version"))
        .with("node", Versions.of(betterAuth.node(), "--version"))
        .with("better-auth", "1.7.5, @better-auth/api-key 1.7.5, better-sqlite3 12.11.1");
  }

  private Arena open() {
    var arena = new Arena();
    try {
      enterKeyway(arena);
      enterMaps(arena);
      enterBetterAuth(arena);
      return arena;
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private void enterKeyway(Arena arena) {
    var files = stage.files();
    ServerProcess keyway = arena.add(stage.startKeyway());
    arena.enter(
        FORWARD_AUTH,
        Place.of(
            keyway.pid(),
            stage.keyway().forwardAuth(),
            KeywayFolder.forwardAuthForm(),
            files.someValid(),
            files.allValid()),
        stage.certificate());
    arena.enter(
        VERIFY,
        Place.of(
            keyway.pid(),
            stage.keyway().verifyApi(),
            stage.keyway().verifyApiForm(),
            files.someValid(),
            files.allValid()),
        stage.certificate());
  }

  private void enterMaps(Arena arena) {
    var files = stage.files();
    var keyway = arena.place(FORWARD_AUTH);
    int nginxPort = ServerProcess.freePort();
    ServerProcess nginx =
        arena.add(
            stage
                .nginx()
                .startStatic(
                    nginxPort,
                    files.map(),
                    keyway.ask(stage.certificate()),
                    keyway.ask(stage.certificate(), "no-key")));
    enterMap(arena, NGINX, nginx, nginxPort);
    int haproxyPort = ServerProcess.freePort();
    ServerProcess haproxy =
        arena.add(
            HaProxy.start(
                stage.tools().path("haproxy"), stage.folder(), haproxyPort, files.words()));
    enterMap(arena, HAPROXY, haproxy, haproxyPort);
    int caddyPort = ServerProcess.freePort();
    ServerProcess caddy =
        arena.add(
            Caddy.start(stage.tools().path("caddy"), stage.folder(), caddyPort, files.words()));
    enterMap(arena, CADDY, caddy, caddyPort);
  }

  private void enterMap(Arena arena, Contender contender, ServerProcess server, int port) {
    var files = stage.files();
    arena.enter(
        contender,
        Place.of(
            server.pid(),
            KeywayFolder.forwardAuth(port, stage.certificate()),
            KeywayFolder.forwardAuthForm(),
            files.someValid(),
            files.allValid()),
        stage.certificate());
  }

  private void enterBetterAuth(Arena arena) {
    int port = ServerProcess.freePort();
    Path keys = stage.folder().resolve("better-auth-" + port + ".keys");
    ServerProcess server = arena.add(betterAuth.start(stage.folder(), port, keys, options.keys()));
    arena.enter(
        BETTER_AUTH,
        Place.of(
            server.pid(), Certificate.none().address(port, "/"), RequestForm.bearer(), keys, keys),
        Certificate.none());
  }
}
