package dev.keyway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.app.LauncherSandbox.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last line and the exit status of {@code ./keyway test}. */
class LauncherTotalsTest {
  private LauncherSandbox sandbox;

  @BeforeEach
  void makeSandbox(@TempDir Path folder) throws IOException {
    sandbox = new LauncherSandbox(folder.toRealPath());
    sandbox.jdk(sandbox.jdks().resolve("jdk 25"), "25");
  }

  @Test
  void test_allPass_addsUpModulesAndForgetsOldReports() throws Exception {
    LauncherSandbox.write(
        sandbox.project().resolve("core/target/surefire-reports/TEST-Old.xml"),
        report(90, 1, 1, 1));
    sandbox.maven(writes("core", report(3, 0, 0, 0)) + writes("app", report(4, 0, 0, 0)));

    assertEnds(sandbox.run("test"), "7 passed, 0 failed", 0);
  }

  @Test
  void test_someFailOrAreSkipped_saysSo() throws Exception {
    sandbox.maven(writes("core", report(9, 1, 2, 3)) + writes("app", report(4, 0, 0, 0)));

    assertEnds(sandbox.run("test"), "7 passed, 3 failed, 3 skipped", 1);
  }

  @Test
  void test_someFail_namesThemAtTheEnd() throws Exception {
    String broken =
        """
        <testsuite name="a.BTest" tests="2" errors="0" skipped="0" failures="1">
        <testcase name="holds" classname="a.BTest" time="0.1"/>
        <testcase name="breaks" classname="a.BTest" time="0.1">
        <failure message="expected: &lt;1&gt;&#10;but was: 2" type="x"/>
        </testcase>
        </testsuite>
        """;
    sandbox.maven(writes("core", broken) + writes("app", report(4, 0, 0, 0)));

    assertThat(sandbox.run("test").output())
        .endsWith(
            "keyway: these failed:", "  a.BTest: breaks - expected: <1>", "5 passed, 1 failed");
  }

  @Test
  void test_buildBreaks_countsAsFailedAndShowsWhy() throws Exception {
    sandbox.maven(
        writes("core", report(2, 0, 0, 0)) + "echo '[ERROR] it does not compile'\nexit 1\n");

    Run run = sandbox.run("test");

    assertEnds(run, "2 passed, 1 failed", 1);
    assertThat(run.output()).contains("  it does not compile");
  }

  @Test
  void test_errorLineButNoFailedTest_isNoSuccess() throws Exception {
    sandbox.maven(
        writes("core", report(2, 0, 0, 0)) + "echo '[ERROR] There was a timeout in the fork'\n");

    assertEnds(sandbox.run("test"), "2 passed, 1 failed", 1);
  }

  @Test
  void test_faults_tellsTheTests() throws Exception {
    sandbox.maven(writes("core", report(1, 0, 0, 0)));

    sandbox.run("test");
    sandbox.run("test", "--faults");

    assertThat(Files.readAllLines(sandbox.mavenRuns()))
        .satisfiesExactly(
            plain -> assertThat(plain).doesNotContain("keyway.faults"),
            faults -> assertThat(faults).contains("-Dkeyway.faults=true"));
  }

  @Test
  void test_unknownOption_isOneLine() throws Exception {
    Run run = sandbox.run("test", "--fault");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.output()).isEmpty();
    assertThat(run.errors()).singleElement().asString().contains("usage");
  }

  @Test
  void test_nothingRan_isNoSuccess() throws Exception {
    sandbox.maven("exit 0");

    assertEnds(sandbox.run("test"), "0 passed, 1 failed", 1);
  }

  @Test
  void test_testPrintsWhatLooksLikeAReport_isNotCounted() throws Exception {
    sandbox.maven(
        writes("core", report(1, 0, 0, 0) + "<testsuite tests=\"50\" failures=\"50\">\n"));

    assertEnds(sandbox.run("test"), "1 passed, 0 failed", 0);
  }

  private static void assertEnds(Run run, String lastLine, int status) {
    assertThat(run.output()).last().isEqualTo(lastLine);
    assertThat(run.output()).filteredOn(line -> line.matches(".*\\d+ passed.*")).hasSize(1);
    assertThat(run.errors()).isEmpty();
    assertThat(run.status()).isEqualTo(status);
  }

  private static String report(int tests, int errors, int failures, int skipped) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuite version="3.0.2" name="tests" time="0.1" tests="%d" errors="%d" skipped="%d" failures="%d">
    </testsuite>
    """
        .formatted(tests, errors, skipped, failures);
  }

  private static String writes(String module, String report) {
    return """
    mkdir -p %1$s/target/surefire-reports
    cat >%1$s/target/surefire-reports/TEST-%1$s.xml <<'END'
    %2$sEND
    """
        .formatted(module, report);
  }
}
