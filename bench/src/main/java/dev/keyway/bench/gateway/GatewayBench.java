package dev.keyway.bench.gateway;

import dev.keyway.bench.Options;
import dev.keyway.bench.Progress;
import dev.keyway.bench.contest.Arena;
import dev.keyway.bench.contest.Contender;
import dev.keyway.bench.contest.Contest;
import dev.keyway.bench.contest.Place;
import dev.keyway.bench.contest.Ratio;
import dev.keyway.bench.contest.Ratio.Figure;
import dev.keyway.bench.contest.References;
import dev.keyway.bench.keyway.KeywayFolder;
import dev.keyway.bench.keyway.Stage;
import dev.keyway.bench.load.RequestForm;
import dev.keyway.bench.load.Tools;
import dev.keyway.bench.measure.Goal;
import dev.keyway.bench.server.ServerProcess;
import java.util.List;

/**
 * What a GET through the gateway costs, beside nginx with a static map of the same keys before the
 * same upstream, and a bare handler that answers by itself.
 */
public final class GatewayBench {
  private static final Goal NGINX = Goal.atMost(1.50);

  private static final Contender BARE =
      new Contender("bare handler, no upstream", "the gateway's 200 byte for byte", 200);
  private static final Contender KEYWAY =
      new Contender("keyway gateway", "valid keys, trivial upstream", 200);
  private static final Contender PROXY =
      new Contender("nginx proxy_pass + map", "static map of the same keys, same upstream", 200);

  private static final Contest CONTEST =
      new Contest(
          "gateway",
          "CPU of a GET through the gateway",
          List.of(
              Ratio.cpu(KEYWAY, PROXY, NGINX),
              Ratio.reported(KEYWAY, BARE, Figure.CPU),
              Ratio.reported(KEYWAY, PROXY, Figure.THROUGHPUT),
              Ratio.reported(KEYWAY, PROXY, Figure.CPU_FIXED_RATE),
              Ratio.reported(KEYWAY, PROXY, Figure.P99_FIXED_RATE)),
          List.of("nginx compares keys in the clear: no hash, expiry, limit, usage or audit"));

  private GatewayBench() {}

  /**
   * Runs the benchmark and prints its report.
   *
   * @return false if the goal was missed in every round
   * @throws dev.keyway.bench.BenchException if it could not be measured
   */
  public static boolean run(Options options, Progress progress) {
    Tools tools = Tools.findOrInstall(progress, "wrk", "nginx");
    try (var stage = Stage.set(options, progress, tools)) {
      return CONTEST.run(stage, stage.surroundings(), options, progress, () -> open(stage));
    }
  }

  private static Arena open(Stage stage) {
    var arena = new Arena();
    try {
      fill(stage, arena);
      return arena;
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private static void fill(Stage stage, Arena arena) {
    var files = stage.files();
    ServerProcess keyway = arena.add(stage.startKeyway());
    var gateway =
        Place.of(
                keyway.pid(),
                stage.keyway().target(),
                RequestForm.bearer(),
                files.someValid(),
                files.allValid())
            .withUpstream(stage.originPid());
    int port = ServerProcess.freePort();
    ServerProcess nginx =
        arena.add(stage.nginx().startProxy(port, stage.originPort(), files.map()));
    new References(stage, arena).enter(BARE, gateway);
    arena.enter(KEYWAY, gateway, stage.certificate());
    arena.enter(
        PROXY,
        Place.of(
                nginx.pid(),
                KeywayFolder.target(port, stage.certificate()),
                RequestForm.bearer(),
                files.someValid(),
                files.allValid())
            .withUpstream(stage.originPid()),
        stage.certificate());
  }
}
