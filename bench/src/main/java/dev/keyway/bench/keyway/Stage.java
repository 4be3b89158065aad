package dev.keyway.bench.keyway;

import dev.keyway.bench.Options;
import dev.keyway.bench.Options.Switch;
import dev.keyway.bench.Progress;
import dev.keyway.bench.TemporaryFolder;
import dev.keyway.bench.load.Tools;
import dev.keyway.bench.load.Versions;
import dev.keyway.bench.load.Wrk;
import dev.keyway.bench.measure.Accounting;
import dev.keyway.bench.measure.Instructions;
import dev.keyway.bench.server.Certificate;
import dev.keyway.bench.server.JavaServers;
import dev.keyway.bench.server.Nginx;
import dev.keyway.bench.server.ServerProcess;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What every contest needs: a folder, the trivial upstream, Keyway with its keys made, the load
 * generator and the accounting.
 */
public final class Stage implements AutoCloseable {
  private final Options options;
  private final Progress progress;
  private final Project project = Project.around(JavaServers.ownJar());
  private final TemporaryFolder folder;
  private final Tools tools;
  private final Certificate certificate;
  private final JavaServers servers;
  private final Nginx nginx;
  private final int originPort = ServerProcess.freePort();
  private final ServerProcess origin;
  private final KeywayFolder keyway;
  private final Wrk wrk;
  private final KeyFiles files;
  private final @Nullable Instructions instructions;

  private Stage(Options options, Progress progress, Tools tools, String settings) {
    this.options = options;
    this.progress = progress;
    this.tools = tools;
    this.folder = TemporaryFolder.make();
    this.certificate =
        options.has(Switch.TLS) ? Certificate.make(folder.path()) : Certificate.none();
    this.servers = new JavaServers(folder.path());
    this.nginx = new Nginx(tools.path("nginx"), folder.path(), certificate);
    this.wrk = new Wrk(tools.path("wrk"), folder.path());
    this.instructions = counter(progress);
    this.origin = nginx.startOrigin(originPort);
    this.keyway = new KeywayFolder(folder.path(), originPort, certificate, settings);
    this.files = KeyFiles.write(folder.path(), seed());
  }

  /** Sets the stage with Keyway's bounds for floods out of the way. */
  public static Stage set(Options options, Progress progress, Tools tools) {
    return set(options, progress, tools, KeywayFolder.NO_FLOOD);
  }

  /**
   * Sets the stage, which takes a minute or two: keys are made through the management API.
   *
   * @param settings further lines of Keyway's configuration
   */
  public static Stage set(Options options, Progress progress, Tools tools, String settings) {
    // What cannot work is told before keys are made.
    Accounting.ofThisMachine();
    return new Stage(options, progress, tools, settings);
  }

  private static @Nullable Instructions counter(Progress progress) {
    String perf = Tools.pathIfAny("perf");
    if (perf != null && Instructions.areCountable(perf)) {
      return Instructions.by(perf);
    }
    progress.say("instructions are not counted: this machine has no counters, or no perf");
    return null;
  }

  private SeededKeys seed() {
    progress.say("starting Keyway on an empty folder");
    try (var _ = keyway.start(servers, project.keywayJar());
        ManagementApi api = keyway.managementApi()) {
      return new Seeding(api, KeywayFolder.PRODUCT, progress)
          .seed(options.keys(), options.revoked());
    }
  }

  /** Starts Keyway on its keys. */
  public ServerProcess startKeyway() {
    return keyway.start(servers, project.keywayJar());
  }

  /** Versions and machine, with the tools that every contest uses. */
  public Surroundings surroundings() {
    return Surroundings.of(project)
        .with("nginx", Versions.of(tools.path("nginx"), "-v"))
        .with("wrk", Versions.of(tools.path("wrk"), "-v"))
        .with(
            "instructions",
            instructions == null ? "cannot be counted on this machine" : "counted by perf stat");
  }

  public Project project() {
    return project;
  }

  public Path folder() {
    return folder.path();
  }

  public Tools tools() {
    return tools;
  }

  public Certificate certificate() {
    return certificate;
  }

  public JavaServers servers() {
    return servers;
  }

  public Nginx nginx() {
    return nginx;
  }

  public int originPort() {
    return originPort;
  }

  public long originPid() {
    return origin.pid();
  }

  public KeywayFolder keyway() {
    return keyway;
  }

  public Wrk wrk() {
    return wrk;
  }

  public KeyFiles files() {
    return files;
  }

  public @Nullable Instructions instructions() {
    return instructions;
  }

  @Override
  public void close() {
    origin.close();
    folder.close();
  }
}
