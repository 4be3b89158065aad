package dev.keyway.bench.verify;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.Progress;
import dev.keyway.bench.TemporaryFolder;
import dev.keyway.bench.load.Tools;
import dev.keyway.bench.load.Wrk;
import dev.keyway.bench.measure.Accounting;
import dev.keyway.bench.server.JavaServers;
import dev.keyway.bench.server.Nginx;
import dev.keyway.bench.server.ServerProcess;
import java.nio.file.Path;

/**
 * What a request with a key costs the gateway: a refused one beside a bare Vert.x handler that
 * answers the same bytes, an accepted one beside nginx.
 *
 * <p>CPU time by the operating system's accounting, not requests per second: on few cores the load
 * generator takes as much as the server and sets the pace.
 */
public final class VerifyBench {
  private final VerifyOptions options;
  private final Progress progress;
  private final Project project = Project.around(JavaServers.ownJar());

  private VerifyBench(VerifyOptions options, Progress progress) {
    this.options = options;
    this.progress = progress;
  }

  /**
   * Runs the benchmark and prints its report.
   *
   * @return false if the goal was missed in every round
   * @throws BenchException if it could not be measured
   */
  public static boolean run(VerifyOptions options, Progress progress) {
    return new VerifyBench(options, progress).run();
  }

  private boolean run() {
    Accounting accounting = Accounting.ofThisMachine();
    Tools tools = Tools.findOrInstall(progress);
    try (var folder = TemporaryFolder.make()) {
      VerifyReport report = measure(accounting, tools, folder.path());
      System.out.println(report.markdown());
      new Results(project).write(report, options.recording(), progress);
      return !report.goalMissed();
    }
  }

  private VerifyReport measure(Accounting accounting, Tools tools, Path folder) {
    var servers = new JavaServers(folder);
    var nginx = new Nginx(tools.nginx(), folder);
    int originPort = ServerProcess.freePort();
    try (ServerProcess origin = nginx.startOrigin(originPort)) {
      var keyway = new KeywayFolder(folder, originPort);
      SeededKeys keys = seed(servers, keyway);
      KeyFiles files = KeyFiles.write(folder, keys);
      var parts =
          new Arena.Parts(
              servers, nginx, project.keywayJar(), keyway, origin, originPort, keys, files);
      var wrk = new Wrk(tools.wrk(), folder);
      var referee = new Referee(accounting, wrk, files, options, progress);
      for (int process = 0; process < options.processes(); process++) {
        progress.say("starting the contenders");
        try (var arena = new Arena(parts)) {
          referee.judge(arena, process);
        }
      }
      return new VerifyReport(
          options, Surroundings.of(project, tools), referee.rounds(), referee.pacedRounds());
    }
  }

  private SeededKeys seed(JavaServers servers, KeywayFolder keyway) {
    progress.say("starting Keyway on an empty folder");
    try (var _ = keyway.start(servers, project.keywayJar());
        ManagementApi api = keyway.managementApi()) {
      return new Seeding(api, KeywayFolder.PRODUCT, progress)
          .seed(options.keys(), options.revoked());
    }
  }
}
