package dev.keyway.bench.verify;

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
import dev.keyway.bench.server.RawAnswer;
import dev.keyway.bench.server.ServerProcess;
import java.util.List;

/**
 * What a decision costs at the doors that answer by themselves: forward-auth, and the gateway's
 * refusals. Beside them a bare Vert.x handler that answers the same bytes, and nginx with a static
 * map of the same keys.
 */
public final class VerifyBench {
  private static final Goal BARE = Goal.atMost(1.20);
  private static final Goal NGINX = Goal.atMost(1.10);

  private static final Contender BARE_ALLOW =
      new Contender("bare handler, 200", "forward-auth's 200 byte for byte", 200);
  private static final Contender ALLOW =
      new Contender("keyway forward-auth, 200", "valid keys", 200);
  private static final Contender NGINX_ALLOW =
      new Contender("nginx map, 200", "static map of the same keys", 200);
  private static final Contender BARE_REFUSE =
      new Contender("bare handler, 401", "forward-auth's 401 byte for byte", 401);
  private static final Contender REFUSE =
      new Contender("keyway forward-auth, 401", "revoked keys", 401);
  private static final Contender NGINX_REFUSE =
      new Contender("nginx map, 401", "keys that are not in the map", 401);
  private static final Contender BARE_GATEWAY =
      new Contender("bare handler, gateway's 401", "the gateway's 401 byte for byte", 401);
  private static final Contender GATEWAY_REFUSE =
      new Contender("keyway gateway, 401", "revoked keys", 401);

  private final Stage stage;

  private VerifyBench(Stage stage) {
    this.stage = stage;
  }

  /**
   * Runs the benchmark and prints its report.
   *
   * @return false if a goal was missed in every round
   * @throws dev.keyway.bench.BenchException if it could not be measured
   */
  public static boolean run(Options options, Progress progress) {
    Tools tools = Tools.findOrInstall(progress, "wrk", "nginx");
    try (var stage = Stage.set(options, progress, tools)) {
      var bench = new VerifyBench(stage);
      return contest().run(stage, stage.surroundings(), options, progress, bench::open);
    }
  }

  private static Contest contest() {
    return new Contest(
        "verify",
        "CPU of a decision",
        List.of(
            Ratio.cpu(ALLOW, BARE_ALLOW, BARE),
            Ratio.cpu(ALLOW, NGINX_ALLOW, NGINX),
            Ratio.cpu(REFUSE, BARE_REFUSE, BARE),
            Ratio.cpu(REFUSE, NGINX_REFUSE, NGINX),
            Ratio.reported(GATEWAY_REFUSE, BARE_GATEWAY, Figure.CPU),
            Ratio.reported(ALLOW, BARE_ALLOW, Figure.CPU_FIXED_RATE),
            Ratio.reported(ALLOW, NGINX_ALLOW, Figure.CPU_FIXED_RATE),
            Ratio.reported(ALLOW, NGINX_ALLOW, Figure.P99_FIXED_RATE)),
        List.of(
            "nginx compares keys in the clear: no hash, expiry, limit, usage or audit; its `Server` and `Date` come"
                + " on top of the answer's bytes"));
  }

  private Arena open() {
    var arena = new Arena();
    try {
      fill(arena);
      return arena;
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private void fill(Arena arena) {
    var references = new References(stage, arena);
    ServerProcess keyway = arena.add(stage.startKeyway());
    RequestForm form = KeywayFolder.forwardAuthForm();
    var files = stage.files();
    var allow =
        Place.of(
            keyway.pid(), stage.keyway().forwardAuth(), form, files.someValid(), files.allValid());
    var refuse =
        Place.of(
            keyway.pid(), stage.keyway().forwardAuth(), form, files.revoked(), files.revoked());
    var gateway =
        Place.of(
            keyway.pid(),
            stage.keyway().target(),
            RequestForm.bearer(),
            files.revoked(),
            files.revoked());
    RawAnswer allowed = allow.ask(stage.certificate());
    RawAnswer refused = refuse.ask(stage.certificate());
    int port = ServerProcess.freePort();
    ServerProcess nginx = arena.add(stage.nginx().startStatic(port, files.map(), allowed, refused));
    var target = KeywayFolder.forwardAuth(port, stage.certificate());

    references.enter(BARE_ALLOW, allow);
    arena.enter(ALLOW, allow, stage.certificate());
    arena.enter(
        NGINX_ALLOW,
        Place.of(nginx.pid(), target, form, files.someValid(), files.allValid()),
        stage.certificate());
    references.enter(BARE_REFUSE, refuse);
    arena.enter(REFUSE, refuse, stage.certificate());
    arena.enter(
        NGINX_REFUSE,
        Place.of(nginx.pid(), target, form, files.revoked(), files.revoked()),
        stage.certificate());
    references.enter(BARE_GATEWAY, gateway);
    arena.enter(GATEWAY_REFUSE, gateway, stage.certificate());
  }
}
