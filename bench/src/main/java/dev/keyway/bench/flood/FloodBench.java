package dev.keyway.bench.flood;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.Options;
import dev.keyway.bench.Progress;
import dev.keyway.bench.contest.Arena;
import dev.keyway.bench.contest.Contender;
import dev.keyway.bench.contest.Contest;
import dev.keyway.bench.contest.Place;
import dev.keyway.bench.contest.Ratio;
import dev.keyway.bench.contest.Ratio.Figure;
import dev.keyway.bench.keyway.Stage;
import dev.keyway.bench.load.Load;
import dev.keyway.bench.load.RequestForm;
import dev.keyway.bench.load.Tools;
import dev.keyway.bench.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Good keys through the gateway, alone and while strangers send well-formed keys that nobody has,
 * or revoked ones; with the bounds for floods that Keyway has unless told otherwise.
 */
public final class FloodBench {
  /** Strangers are half as many as the good ones, and each is as fast as it is answered. */
  private static final int STRANGERS = 32;

  private static final int UNKNOWN_KEYS = 50_000;

  /** Each try is longer than the one before. */
  private static final int MOST_TRIES = 10;

  private static final Contender ALONE =
      new Contender("keyway, good keys alone", "valid keys through the gateway", 200);
  private static final Contender UNKNOWN =
      new Contender("keyway, flood of unknown keys", "the same, and strangers", 200);
  private static final Contender REVOKED =
      new Contender("keyway, flood of revoked keys", "the same, and strangers", 200);

  private static final Contest CONTEST =
      new Contest(
          "flood",
          "Good keys during a flood",
          List.of(
              Ratio.reported(UNKNOWN, ALONE, Figure.P50_FIXED_RATE),
              Ratio.reported(UNKNOWN, ALONE, Figure.P99_FIXED_RATE),
              Ratio.reported(UNKNOWN, ALONE, Figure.THROUGHPUT),
              Ratio.reported(REVOKED, ALONE, Figure.P50_FIXED_RATE),
              Ratio.reported(REVOKED, ALONE, Figure.P99_FIXED_RATE),
              Ratio.reported(REVOKED, ALONE, Figure.THROUGHPUT)),
          List.of(
              "%d strangers send as fast as they are answered, also while good keys come at the fixed rate"
                  .formatted(STRANGERS),
              "requests per second and latencies are the good keys'; CPU is per request of all; a share of the cores"
                  + " goes to the strangers' wrk, which stands where their own machines would",
              "every good key is answered 200: one refusal ends the benchmark"));

  private FloodBench() {}

  /**
   * Runs the benchmark and prints its report.
   *
   * @return true; it has no goal but that it can be measured
   * @throws BenchException if it could not be, for example because a good key was refused
   */
  public static boolean run(List<String> arguments, Progress progress) {
    Options options = Options.parse(arguments);
    Tools tools = Tools.findOrInstall(progress, "wrk", "nginx");
    try (var stage = Stage.set(options, progress, tools)) {
      Path unknown = unknownKeys(stage.folder());
      makeKnown(stage, options, progress);
      // No line about floods: the bounds are those of a fresh installation.
      stage.keyway().configure("");
      return CONTEST.run(
          stage, stage.surroundings(), options, progress, () -> open(stage, unknown));
    }
  }

  /** Good keys are keys that were used within the hour; these were only made. */
  private static void makeKnown(Stage stage, Options options, Progress progress) {
    progress.say("using every good key once");
    try (var _ = stage.startKeyway()) {
      long used = 0;
      for (int i = 1; used < options.keys() && i <= MOST_TRIES; i++) {
        used = use(stage, options, options.warmUp().multipliedBy(i));
      }
    }
  }

  /** How many requests were sent with the good keys, each of which has its turn. */
  private static long use(Stage stage, Options options, Duration length) {
    var load =
        new Load(
            stage.keyway().target(),
            RequestForm.bearer(),
            stage.files().allValid(),
            options.connections(),
            length,
            0);
    return stage.wrk().run(load).requests();
  }

  private static Path unknownKeys(Path folder) {
    var random = new SecureRandom();
    var keys = new ArrayList<String>();
    for (int i = 0; i < UNKNOWN_KEYS; i++) {
      keys.add(MadeUpKey.with("bench_", random));
    }
    try {
      return Files.write(folder.resolve("unknown.keys"), keys);
    } catch (IOException e) {
      throw new BenchException("cannot write keys: " + e.getMessage(), e);
    }
  }

  private static Arena open(Stage stage, Path unknown) {
    var arena = new Arena();
    try {
      ServerProcess keyway = arena.add(stage.startKeyway());
      var files = stage.files();
      var alone =
          Place.of(
                  keyway.pid(),
                  stage.keyway().target(),
                  RequestForm.bearer(),
                  files.someValid(),
                  files.allValid())
              .withUpstream(stage.originPid());
      arena.enter(ALONE, alone, stage.certificate());
      arena.enter(UNKNOWN, alone.withBackground(flood(stage, unknown)), stage.certificate());
      arena.enter(
          REVOKED, alone.withBackground(flood(stage, files.revoked())), stage.certificate());
      return arena;
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private static Load flood(Stage stage, Path keys) {
    return new Load(
        stage.keyway().target(), RequestForm.bearer(), keys, STRANGERS, Duration.ZERO, 0);
  }
}
