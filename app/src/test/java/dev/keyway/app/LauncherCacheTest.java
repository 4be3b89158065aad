package dev.keyway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.app.LauncherSandbox.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher and the cache for quick starts. */
class LauncherCacheTest {
  private LauncherSandbox sandbox;

  @BeforeEach
  void makeSandbox(@TempDir Path folder) throws IOException {
    sandbox = new LauncherSandbox(folder.toRealPath());
  }

  @Test
  void run_trained_startsFromTheCacheOfTheseJarsAndThisJdk() throws Exception {
    Path jdk = sandbox.trainableJdk(sandbox.jdks().resolve("jdk 25"), "25");
    Path cache = sandbox.project().resolve("app/target/keyway.aot");
    sandbox.maven(LauncherTest.BUILDS);
    sandbox.set("KEYWAY_SKIP_TRAINING", "");

    Run first = sandbox.run("demo");

    assertThat(first.errors())
        .hasSize(2)
        .last()
        .asString()
        .matches("keyway:   training for quick starts … \\d+ s");
    assertThat(first.output())
        .contains("argument -XX:AOTCache=" + cache, "argument -Xlog:aot*=off");
    assertThat(sandbox.run("demo").output()).contains("argument -XX:AOTCache=" + cache);

    LauncherSandbox.write(jdk.resolve("release"), "JAVA_VERSION=\"25.0.9\"\n");
    assertStartsWithoutCache("another JDK");
  }

  @Test
  void run_jarIsNewerThanTheCache_startsWithoutIt() throws Exception {
    sandbox.trainableJdk(sandbox.jdks().resolve("jdk 25"), "25");
    sandbox.maven(LauncherTest.BUILDS);
    sandbox.set("KEYWAY_SKIP_TRAINING", "");
    sandbox.run("demo");
    Path jar = sandbox.project().resolve("app/target/keyway.jar");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
    sandbox.set("KEYWAY_SKIP_BUILD", "1");

    assertStartsWithoutCache("newer jar");
  }

  @Test
  void run_trainingFails_saysSoAndStartsWithoutCache() throws Exception {
    sandbox.jdk(sandbox.jdks().resolve("jdk 25"), "25");
    sandbox.maven(LauncherTest.BUILDS);
    sandbox.set("KEYWAY_SKIP_TRAINING", "");

    Run run = sandbox.run("demo");

    assertThat(run.status()).isEqualTo(7);
    assertThat(run.errors()).last().asString().contains("failed", "training.log");
    assertThat(sandbox.project().resolve("app/target/keyway.aot")).doesNotExist();
    assertThat(run.output()).noneMatch(line -> line.contains("AOTCache"));
  }

  @Test
  void run_whileAnotherTrains_startsWithoutTheCacheThatIsHalfDone() throws Exception {
    Path jdk = sandbox.trainableJdk(sandbox.jdks().resolve("jdk 25"), "25");
    Path half = sandbox.folder().resolve("half");
    Path gate = sandbox.folder().resolve("gate");
    Path java = jdk.resolve("bin/java");
    String wait = ">'" + half + "'; while [ ! -e '" + gate + "' ]; do :; done; exit 0";
    Files.writeString(java, Files.readString(java).replace("; exit 0", "; " + wait));
    sandbox.maven(LauncherTest.BUILDS);
    sandbox.set("KEYWAY_SKIP_TRAINING", "");

    Process training = sandbox.start("demo");
    LauncherSandbox.await(() -> Files.exists(half), training);
    assertStartsWithoutCache("half a cache");
    Files.createFile(gate);

    assertThat(sandbox.finish(training).output())
        .anyMatch(line -> line.startsWith("argument -XX:AOTCache="));
    try (var left = Files.list(sandbox.project().resolve("app/target"))) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "keyway.aot", "keyway.aot.stamp", "keyway.jar", "keyway.stamp");
    }
  }

  @Test
  void test_afterwards_startsAreQuickAgain() throws Exception {
    sandbox.trainableJdk(sandbox.jdks().resolve("jdk 25"), "25");
    sandbox.maven(LauncherTest.BUILDS);
    sandbox.set("KEYWAY_SKIP_TRAINING", "");
    sandbox.run("test");

    Run run = sandbox.run("demo");

    assertThat(run.errors()).as("nothing is built or trained").isEmpty();
    assertThat(run.output()).anyMatch(line -> line.startsWith("argument -XX:AOTCache="));
  }

  private void assertStartsWithoutCache(String why) throws Exception {
    Run run = sandbox.run("demo");
    assertThat(run.status()).isEqualTo(7);
    assertThat(run.output()).as(why).noneMatch(line -> line.contains("AOTCache"));
    assertThat(run.errors()).as(why).isEmpty();
  }
}
