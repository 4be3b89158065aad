package dev.keyway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.app.LauncherSandbox.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The portal's part of a build and of {@code ./keyway test}. */
class LauncherPortalTest {
  /** A Maven that makes the program's jar and one passed test. */
  private static final String MAVEN =
      LauncherTest.BUILDS
          + """
          mkdir -p app/target/surefire-reports
          echo '<testsuite tests="1" failures="0">' >app/target/surefire-reports/TEST-a.xml
          """;

  /** Vitest's report has no count of what was skipped at its root, Playwright's has. */
  private static final String GOOD =
      """
      case "$*" in
        'run check') exit ${CHECK:-0} ;;
        test*)
          mkdir -p target/vitest-reports
          printf '%s\\n' '<?xml?>' '<testsuites name="v" tests="5" failures="0" errors="0">' \\
            '    <testsuite name="a" tests="3" failures="0" errors="0" skipped="1">' \\
            '    <testsuite name="b" tests="2" failures="0" errors="0" skipped="0">' \\
            >target/vitest-reports/TEST-vitest.xml
          echo ' ✓ src/a.test.tsx (3 tests) 4ms'
          ;;
        'run e2e'*)
          echo "started with $KEYWAY_CHROMIUM $JAVA_HOME $KEYWAY_SKIP_BUILD"
          mkdir -p "${PLAYWRIGHT_JUNIT_OUTPUT_FILE%/*}"
          printf '%s\\n' '<testsuites id="" name="" tests="4" failures="'"${BAD:-0}"'" skipped="0" errors="0">' \\
            '<testsuite name="c" tests="4" failures="0" skipped="0" errors="0">' \\
            >"$PLAYWRIGHT_JUNIT_OUTPUT_FILE"
          exit "${BAD:-0}"
          ;;
      esac
      """;

  private LauncherSandbox sandbox;

  @BeforeEach
  void makeSandbox(@TempDir Path folder) throws IOException {
    sandbox = new LauncherSandbox(folder.toRealPath());
    sandbox.jdk(sandbox.jdks().resolve("jdk 25"), "25");
    sandbox.maven(MAVEN);
  }

  @Test
  void test_allSuitesPass_areInTheTotal() throws Exception {
    sandbox.portal("v20.19.0", GOOD);

    Run run = sandbox.run("test");

    assertThat(run.output()).last().isEqualTo("9 passed, 0 failed, 1 skipped");
    assertThat(run.status()).isZero();
    assertThat(run.output())
        .anyMatch(line -> line.matches("keyway: testing portal: check … \\d+ s"))
        .anyMatch(line -> line.contains("✓ src/a.test.tsx (3 tests) 4ms"))
        .anyMatch(line -> line.matches("keyway: testing portal: browser … \\d+ s"));
    assertThat(Files.readString(sandbox.project().resolve("target/portal-browser.log")))
        .contains("bin/chromium ", "/jdk 25 1");
  }

  @Test
  void test_aBrowserTestFails_failsAndShowsWhy() throws Exception {
    sandbox.portal("v22.13.0", GOOD);
    sandbox.set("BAD", "1");

    Run run = sandbox.run("test");

    assertThat(run.output()).last().isEqualTo("8 passed, 1 failed, 1 skipped");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.output()).anyMatch(line -> line.contains("    started with "));
  }

  @Test
  void test_theTypesAreWrong_failsThoughEveryTestPasses() throws Exception {
    sandbox.portal("v20.19.0", GOOD);
    sandbox.set("CHECK", "2");

    Run run = sandbox.run("test");

    assertThat(run.output()).last().isEqualTo("9 passed, 1 failed, 1 skipped");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void test_aSuiteEndsWithoutAReport_isNoSuccess() throws Exception {
    sandbox.portal("v20.19.0", "exit 0");

    Run run = sandbox.run("test");

    assertThat(run.output()).last().isEqualTo("1 passed, 1 failed");
    assertThat(run.status()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v18.20.4", "v20.18.3", "v21.7.3", "v22.12.0", "v9.0.0", "nonsense"})
  void build_nodeIsTooOld_isOneLine(String version) throws Exception {
    sandbox.portal(version, GOOD);

    Run run = sandbox.run("demo");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors())
        .singleElement()
        .asString()
        .contains("Node " + version + " does not do", "install Node 20.19", "nodejs.org", "brew");
    assertThat(sandbox.builds()).isZero();
  }

  @Test
  void build_noNode_isOneLineUntilEverythingIsBuilt() throws Exception {
    LauncherSandbox.write(sandbox.project().resolve("portal/package.json"), "{}");
    LauncherSandbox.write(sandbox.project().resolve("portal/pom.xml"), "<project/>");

    assertThat(sandbox.run("demo").errors())
        .singleElement()
        .asString()
        .contains("Node or npm is missing", "install");

    sandbox.set("KEYWAY_SKIP_BUILD", "1");
    LauncherSandbox.write(sandbox.project().resolve("app/target/keyway.jar"), "jar");
    assertThat(sandbox.run("demo").status()).as("to run it takes no Node").isEqualTo(7);
  }

  @Test
  void build_again_onlyWhenThePagesChange() throws Exception {
    sandbox.portal("v24.0.0", GOOD);
    Path portal = sandbox.project().resolve("portal");
    LauncherSandbox.write(portal.resolve("pom.xml"), "<project/>");
    sandbox.run("demo");
    for (String other :
        new String[] {"e2e/a.spec.ts", "src/a.test.tsx", "node_modules/a.js", "dist/a.js"}) {
      LauncherSandbox.write(portal.resolve(other), "changed");
      sandbox.run("demo");
      assertThat(sandbox.builds()).as(other).isEqualTo(1);
    }
    int builds = 1;
    for (String source :
        new String[] {"src/a.tsx", "tools/a.mjs", "package-lock.json", "public/a.svg"}) {
      LauncherSandbox.write(portal.resolve(source), "changed");
      sandbox.run("demo");
      assertThat(sandbox.builds()).as(source).isEqualTo(++builds);
    }
  }
}
