package dev.keyway.conformance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the guides print is what the tests run. */
@DisplayName("Guides of the proxies")
final class GuidesTest {
  private static final Path ROOT = Program.root();

  @ParameterizedTest
  @CsvSource({
    "nginx.md, nginx.conf, nginx",
    "caddy.md, Caddyfile, caddyfile",
    "haproxy.md, haproxy.cfg, haproxy",
    "haproxy.md, keyway.lua, lua",
    "traefik.md, traefik.yaml, yaml"
  })
  void guide_printsTheShippedFile(String guide, String file, String language) throws IOException {
    assertThat(read("docs/guides/" + guide))
        .contains("```" + language + "\n" + read("ops/proxies/" + file) + "```\n");
  }

  @Test
  void traefik_namesWhatOtherProxiesDo() throws IOException {
    String text = read("ops/proxies/traefik.yaml");
    for (String name :
        new String[] {
          "Keyway-Key-Id",
          "Keyway-Account-Id",
          "Keyway-Workspace-Id",
          "Keyway-Resource-Id",
          "Keyway-Request-Id",
          "Keyway-Identity"
        }) {
      assertThat(text).contains(name + ": \"\"", "- " + name + "\n");
    }
    assertThat(text)
        .contains("address: http://127.0.0.1:7700/authz/memo", "trustForwardHeader: false")
        .contains("Authorization: \"\"", "Proxy-Authorization: \"\"", "X-API-Key: \"\"")
        .contains("[keyway-inbound, keyway, keyway-outbound]");
  }

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }
}
