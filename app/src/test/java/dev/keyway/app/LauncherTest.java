package dev.keyway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyway.app.LauncherSandbox.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
  /** A Maven that makes the program's jar and nothing else. */
  static final String BUILDS =
      """
      echo '[INFO] Building Keyway 0.1.0-SNAPSHOT                       [1/2]'
      echo '[INFO] Building Keyway app 0.1.0-SNAPSHOT                   [2/2]'
      mkdir -p app/target
      echo jar >app/target/keyway.jar
      """;

  private LauncherSandbox sandbox;

  @BeforeEach
  void makeSandbox(@TempDir Path folder) throws IOException {
    sandbox = new LauncherSandbox(folder.toRealPath());
  }

  @Test
  void javaHome_defaultIsTooOld_takesNewerInstalledJdk() throws Exception {
    Path old = sandbox.jdk(sandbox.jdks().resolve("jdk 17"), "17.0.15");
    Path wanted = sandbox.jdk(sandbox.jdks().resolve("jdk 25"), "25.0.1");
    sandbox.jdk(sandbox.jdks().resolve("jdk 24"), "24");
    sandbox.makeDefault(old);
    sandbox.set("JAVA_HOME", old.toString());

    assertThat(sandbox.run("--print-java-home").output()).containsExactly(wanted.toString());
  }

  @Test
  void javaHome_severalInstalled_takesTheOldestThatWillDo() throws Exception {
    sandbox.jdk(sandbox.jdks().resolve("a"), "27-ea");
    Path wanted = sandbox.jdk(sandbox.jdks().resolve("b"), "26.0.2");

    assertThat(sandbox.run("--print-java-home").output()).containsExactly(wanted.toString());
  }

  @Test
  void javaHome_variableIsNewEnough_winsOverPathAndFolders() throws Exception {
    sandbox.jdk(sandbox.jdks().resolve("jdk 25"), "25");
    sandbox.makeDefault(sandbox.jdk(sandbox.folder().resolve("on path"), "25"));
    Path wanted = sandbox.jdk(sandbox.folder().resolve("my own"), "26");
    sandbox.set("JAVA_HOME", wanted.toString());

    assertThat(sandbox.run("--print-java-home").output()).containsExactly(wanted.toString());
  }

  @Test
  void javaHome_pathIsNewEnough_followsItsLinks() throws Exception {
    sandbox.jdk(sandbox.jdks().resolve("jdk 25"), "25");
    Path wanted = sandbox.jdk(sandbox.folder().resolve("on path"), "25.0.2");
    sandbox.makeDefault(wanted);

    assertThat(sandbox.run("--print-java-home").output()).containsExactly(wanted.toString());
  }

  @Test
  void run_noJdk_isOneLine() throws Exception {
    sandbox.makeDefault(sandbox.jdk(sandbox.jdks().resolve("jdk 17"), "17.0.15"));

    Run run = sandbox.run("demo");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.output()).isEmpty();
    assertThat(run.errors())
        .singleElement()
        .asString()
        .contains("no JDK 25", "install", "JAVA_HOME");
  }

  @Test
  void run_noMaven_isOneLine() throws Exception {
    sandbox.jdk(sandbox.jdks().resolve("jdk 25"), "25");

    Run run = sandbox.run("demo");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.output()).isEmpty();
    assertThat(run.errors()).singleElement().asString().contains("Maven is missing", "install");
  }

  @Test
  void run_built_becomesTheProgram() throws Exception {
    sandbox.jdk(sandbox.jdks().resolve("jdk 25"), "25");
    sandbox.maven(BUILDS);
    sandbox.set("KEYWAY_JAVA_OPTS", "-Xmx1g -Da=b");
    Path link =
        Files.createSymbolicLink(
            sandbox.folder().resolve("linked"), sandbox.project().resolve("keyway"));

    Run run = sandbox.finish(sandbox.start(link, "serve", "--data", "my data", ""));

    assertThat(run.status()).isEqualTo(7);
    assertThat(run.output())
        .containsExactly(
            "pid " + run.pid(),
            "cwd " + sandbox.folder().resolve("some where"),
            "argument --enable-native-access=ALL-UNNAMED",
            "argument --sun-misc-unsafe-memory-access=allow",
            "argument -XX:+UseCompactObjectHeaders",
            "argument -XX:+ExitOnOutOfMemoryError",
            "argument -Xmx1g",
            "argument -Da=b",
            "argument -jar",
            "argument " + sandbox.project().resolve("app/target/keyway.jar"),
            "argument serve",
            "argument --data",
            "argument my data",
            "argument ");
    assertThat(run.errors()).singleElement().asString().matches("keyway: building app … \\d+ s");
  }

  @Test
  void run_again_buildsOnlyWhatChanged() throws Exception {
    sandbox.jdk(sandbox.jdks().resolve("jdk 25"), "25");
    sandbox.maven(BUILDS);
    sandbox.run("demo");
    assertThat(sandbox.run("demo").errors()).isEmpty();
    assertThat(sandbox.builds()).isEqualTo(1);

    LauncherSandbox.write(
        sandbox.project().resolve("app/src/test/java/MainTest.java"), "class MainTest {}");
    sandbox.run("demo");
    assertThat(sandbox.builds()).as("a test is no part of the program").isEqualTo(1);

    LauncherSandbox.write(sandbox.source(), "class Main { int changed; }");
    sandbox.run("demo");
    assertThat(sandbox.builds()).as("a source changed").isEqualTo(2);

    LauncherSandbox.write(sandbox.project().resolve("profiles/new.yaml"), "product: new");
    sandbox.run("demo");
    assertThat(sandbox.builds()).as("a profile is new").isEqualTo(3);

    Files.delete(sandbox.source());
    sandbox.run("demo");
    assertThat(sandbox.builds()).as("a source is gone").isEqualTo(4);

    Files.delete(sandbox.project().resolve("app/target/keyway.jar"));
    sandbox.run("demo");
    assertThat(sandbox.builds()).as("the jar is gone").isEqualTo(5);
  }

  @Test
  void run_skipBuild_takesWhatIsThere() throws Exception {
    sandbox.jdk(sandbox.jdks().resolve("jdk 25"), "25");
    sandbox.maven(BUILDS);
    sandbox.set("KEYWAY_SKIP_BUILD", "1");

    Run nothingBuilt = sandbox.run("demo");
    assertThat(nothingBuilt.status()).isEqualTo(1);
    assertThat(nothingBuilt.errors()).singleElement().asString().contains("nothing is built");

    LauncherSandbox.write(sandbox.project().resolve("app/target/keyway.jar"), "jar");
    assertThat(sandbox.run("demo").status()).isEqualTo(7);
    assertThat(sandbox.builds()).isZero();
  }

  @Test
  void run_bench_buildsAndRunsTheBenchmarks() throws Exception {
    sandbox.jdk(sandbox.jdks().resolve("jdk 25"), "25");
    sandbox.maven(BUILDS + "mkdir -p bench/target\necho jar >bench/target/keyway-bench.jar\n");

    Run run = sandbox.run("bench", "verify");

    assertThat(run.status()).isEqualTo(7);
    assertThat(run.output())
        .endsWith(
            "argument " + sandbox.project().resolve("bench/target/keyway-bench.jar"),
            "argument verify");
    sandbox.run("demo");
    assertThat(sandbox.builds()).as("the program was built with them").isEqualTo(1);
  }

  @Test
  void run_buildFails_showsWhyAndWhereTheLogIs() throws Exception {
    sandbox.jdk(sandbox.jdks().resolve("jdk 25"), "25");
    sandbox.maven(
        """
        echo '[INFO] Building Keyway app 0.1.0-SNAPSHOT                   [2/2]'
        echo '[ERROR] Main.java:[1,1] it does not compile'
        echo '[ERROR] Re-run Maven using the -X switch'
        exit 1
        """);

    Run run = sandbox.run("demo");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.output()).isEmpty();
    assertThat(run.errors().subList(1, run.errors().size()))
        .containsExactly(
            "  Main.java:[1,1] it does not compile",
            "keyway: the build failed; all of Maven's output is in "
                + sandbox.project().resolve("target/build.log"));
  }

  @Test
  void run_twoAtOnce_buildOnce() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/flock")), "without flock there is no such promise");
    sandbox.jdk(sandbox.jdks().resolve("jdk 25"), "25");
    Path gate = sandbox.folder().resolve("gate");
    sandbox.maven("while [ ! -e '" + gate + "' ]; do :; done\n" + BUILDS);

    Process first = sandbox.start("demo");
    LauncherSandbox.await(() -> sandbox.builds() == 1, first);
    Process second = sandbox.start("demo");
    LauncherSandbox.await(
        () -> sandbox.errors(second).contains("waiting for another build"), second);
    Files.createFile(gate);

    assertThat(sandbox.finish(first).status()).isEqualTo(7);
    assertThat(sandbox.finish(second).status()).isEqualTo(7);
    assertThat(sandbox.builds()).isEqualTo(1);
  }
}
