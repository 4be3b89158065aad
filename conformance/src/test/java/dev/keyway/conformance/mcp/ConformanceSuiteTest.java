package dev.keyway.conformance.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.NodeProgram;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import dev.keyway.conformance.harness.Tenants;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The protocol's own suite ({@code @modelcontextprotocol/conformance}) against a fixture server,
 * directly and through the gateway: whatever passes directly must pass through the gateway. The
 * suite cannot send a key, so its URL carries one.
 */
@DisplayName("MCP: the protocol's conformance suite, directly and through the gateway")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConformanceSuiteTest {

  private static final String RUNNER =
      "node_modules/@modelcontextprotocol/conformance/dist/index.js";
  private static final Pattern LINE = Pattern.compile(". (\\S+): (\\d+) passed, (\\d+) failed");

  private NodeProgram legacy;
  private NodeProgram modern;
  private ServedKeyway keyway;
  private NewKey key;
  private String legacyUrl;
  private String modernUrl;

  @BeforeAll
  void start() {
    legacy = NodeProgram.start(Map.of(), "fixture/server-2025.js");
    modern = NodeProgram.start(Map.of(), "fixture/server-2026.js");
    legacyUrl = "http://127.0.0.1:" + legacy.after("listening");
    modernUrl = "http://127.0.0.1:" + modern.after("listening");
    String profile =
        Resource.text("suite/suite.yaml")
            .replace("http://legacy.invalid", legacyUrl)
            .replace("http://modern.invalid", modernUrl);
    keyway = ServedKeyway.start(Map.of("suite.yaml", profile), Map.of());
    Tenants tenants = keyway.tenants();
    key = tenants.key("suite", tenants.account("suite"));
  }

  @AfterAll
  void stop() {
    keyway.close();
    legacy.close();
    modern.close();
  }

  @Test
  void revision2025_11_25_passesThroughTheGatewayAsDirectly() {
    compare("2025-11-25", legacyUrl + "/legacy", "/suite/legacy");
  }

  @Test
  void revision2026_07_28_passesThroughTheGatewayAsDirectly() {
    compare("2026-07-28", modernUrl + "/modern", "/suite/modern");
  }

  private void compare(String revision, String direct, String path) {
    Map<String, String> expected = run(revision, direct);
    assertThat(expected).as("scenarios that ran directly").hasSizeGreaterThan(30);
    Map<String, String> through =
        run(revision, keyway.gateway().resolve(path) + "?apikey=" + key.secret());
    assertThat(through).as("results through the gateway").isEqualTo(expected);
  }

  /** Runs the suite and answers passed and failed checks by scenario. */
  private static Map<String, String> run(String revision, String url) {
    try (NodeProgram suite =
        NodeProgram.start(Map.of(), RUNNER, "server", "--url", url, "--requirements", revision)) {
      Map<String, String> results = new TreeMap<>();
      for (String line : suite.toEnd()) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          results.put(
              matcher.group(1), matcher.group(2) + " passed, " + matcher.group(3) + " failed");
        }
      }
      return results;
    }
  }
}
