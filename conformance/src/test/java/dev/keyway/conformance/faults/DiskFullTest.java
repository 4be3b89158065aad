package dev.keyway.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Program;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.WireUpstream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full for a while: changes are refused as an outage, keys go on being verified. */
@DisplayName("Disk full")
final class DiskFullTest {
  private static final Duration RECOVERY = Duration.ofSeconds(20);
  private static final String PATH = "/crash/t";

  @TempDir Path folder;

  /** A disk that can be filled and emptied while a program writes to it. */
  private interface Disk {
    void fill() throws Exception;

    void empty() throws Exception;
  }

  @Test
  @DisplayName("ALL-5 no file may grow: changes 503, keys verified, and well again without restart")
  void fileSizeLimit_passes() throws Exception {
    try (WireUpstream upstream = upstream();
        ServedKeyway keyway = serve(folder.resolve("limited"), upstream)) {
      String pid = String.valueOf(keyway.program().pid());
      check(
          keyway,
          new Disk() {
            @Override
            public void fill() throws Exception {
              assertThat(run("prlimit", "--pid", pid, "--fsize=1:unlimited")).isZero();
            }

            @Override
            public void empty() throws Exception {
              assertThat(run("prlimit", "--pid", pid, "--fsize=unlimited:unlimited")).isZero();
            }
          });
    }
  }

  @Test
  @DisplayName("ALL-5 no space left on the device: the same, and a start says so in one line")
  void fullFilesystem_passes() throws Exception {
    Path small = Files.createDirectory(folder.resolve("small"));
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", small.toString()) == 0,
        "a small file system can be mounted by root only");
    try {
      passFullFilesystem(small.resolve("data"), small.resolve("ballast"));
    } finally {
      assertThat(run("umount", "-l", small.toString())).isZero();
    }
  }

  private void passFullFilesystem(Path data, Path ballast) throws Exception {
    try (WireUpstream upstream = upstream();
        ServedKeyway keyway = serve(data, upstream)) {
      check(
          keyway,
          new Disk() {
            @Override
            public void fill() {
              fillUp(ballast);
            }

            @Override
            public void empty() throws Exception {
              Files.delete(ballast);
            }
          });
    }
    fillUp(ballast);
    assertStartRefused(data);
    Files.delete(ballast);
    try (ServedKeyway again = ServedKeyway.start(data, "", Map.of())) {
      again.operator().get("/v1/keys?product=crash").expect(200);
    }
  }

  private static void check(ServedKeyway keyway, Disk disk) throws Exception {
    Tenants tenants = keyway.tenants();
    Api operator = keyway.operator();
    String account = tenants.account("crash");
    NewKey held = tenants.key("crash", account);
    NewKey notHeld = tenants.key("crash", account);
    keyway.door().getAs(held, PATH).expect(200);
    Api once = operator.with("Idempotency-Key", UUID.randomUUID().toString());
    var body = Json.of("product", "crash", "account", account);

    disk.fill();
    untilChangesFail(operator, account);
    operator.post("/v1/keys", body).problem(503, "unavailable");
    once.post("/v1/keys", body).problem(503, "unavailable");
    operator.post("/v1/keys/" + held.id() + "/revoke").problem(503, "unavailable");
    keyway.door().getAs(held, PATH).expect(200);
    Answer miss = keyway.door().getAs(notHeld, PATH);
    assertThat(miss.status()).as(miss.body()).isIn(200, 503);
    Eventually.holds(
        "a health that knows of the full disk",
        RECOVERY,
        () -> keyway.anonymous().get("/health").expect(200).text("store").equals("read_only"));
    Answer health = keyway.anonymous().get("/health").expect(200);
    assertThat(health.text("ready")).isEqualTo("true");

    disk.empty();
    Eventually.holds(
        "a store that can be written",
        RECOVERY,
        () -> keyway.anonymous().get("/health").text("store").equals("ok"));
    once.post("/v1/keys", body).expect(201);
    keyway.door().getAs(held, PATH).expect(200);
    keyway.door().getAs(notHeld, PATH).expect(200);
    tenants.revoke(held.id());
    keyway.door().getAs(held, PATH).expect(401);
    assertThat(keyway.output()).doesNotContain("\tat ", "Exception in thread");
  }

  private void assertStartRefused(Path data) throws IOException {
    Path log = Files.createDirectory(folder.resolve("log"));
    try (Program program = Program.start(log, Map.of(), "serve", "--data", data.toString())) {
      assertThat(program.exitStatus()).as(program.output()).isEqualTo(1);
      assertThat(program.output().lines())
          .singleElement()
          .asString()
          .startsWith("keyway: ")
          .contains("the disk is full; free some space and start again");
    }
  }

  /** What is written to may have room left in its last page. */
  private static void untilChangesFail(Api operator, String account) {
    Eventually.holds(
        "a change that fails",
        RECOVERY,
        () ->
            operator.post("/v1/keys", Json.of("product", "crash", "account", account)).status()
                == 503);
  }

  private static void fillUp(Path ballast) {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      // Full.
    }
  }

  private static WireUpstream upstream() {
    WireUpstream upstream = WireUpstream.start();
    upstream.on("/t", (_, wire) -> wire.respond(200, "application/json", "{}"));
    return upstream;
  }

  private static ServedKeyway serve(Path data, WireUpstream upstream) throws IOException {
    Folders.withProfile(data);
    Files.writeString(
        data.resolve("profiles/crash.yaml"),
        Resource.text("faults/crash.yaml")
            .replace("http://127.0.0.1:1", upstream.address().toString()));
    return ServedKeyway.start(data, "", Map.of());
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).as(command[0]).isTrue();
    return process.exitValue();
  }
}
