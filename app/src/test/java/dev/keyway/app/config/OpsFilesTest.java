package dev.keyway.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.keyway.app.profile.Profiles;
import dev.keyway.app.yaml.References;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of {@code ops/} for containers, as far as they can be checked without any. */
class OpsFilesTest {
  private static final Path OPS = Path.of("../ops");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @TempDir Path folder;

  @Test
  void compose_settingsAreRead_andItsPartsFitThem() throws IOException {
    JsonNode compose = YAML.readTree(Files.readString(OPS.resolve("compose/compose.yaml")));
    Config config = read(Files.readString(OPS.resolve("compose/keyway.yaml")));

    assertThat(compose.at("/services").fieldNames())
        .toIterable()
        .containsExactly("db", "redis", "keyway-1", "keyway-2", "balancer");
    assertThat(config.postgres())
        .extracting("url", "password")
        .containsExactly("jdbc:postgresql://db:5432/keyway", "hunter2");
    assertThat(config.limits().redis()).extracting("address").hasToString("redis://redis:6379");
    assertGrace(config, compose.at("/services/keyway-1/stop_grace_period").asText());
    String balancer = Files.readString(OPS.resolve("compose/haproxy.cfg"));
    for (String node : List.of("keyway-1", "keyway-2")) {
      assertThat(balancer)
          .contains(node + ":" + config.control().listen().port())
          .contains(node + ":" + config.gateway().listen().port());
    }
  }

  @Test
  void kubernetes_settingsAreRead_andTheNodesFitThem() throws IOException {
    Map<String, JsonNode> objects = objects();
    assertThat(objects.keySet())
        .containsExactly(
            "ConfigMap keyway",
            "PodDisruptionBudget keyway",
            "Service keyway",
            "Service keyway-nodes",
            "StatefulSet keyway");
    Files.createDirectories(folder.resolve("etc"));
    Files.writeString(folder.resolve("etc/db-password"), "hunter2\n");
    Config config =
        read(
            object(objects, "ConfigMap keyway")
                .at("/data/keyway.yaml")
                .asText()
                .replace("/etc/keyway/secret/", folder.resolve("etc") + "/"));
    JsonNode pod = object(objects, "StatefulSet keyway").at("/spec/template/spec");
    JsonNode container = pod.at("/containers/0");

    assertGrace(config, pod.at("/terminationGracePeriodSeconds").asText() + "s");
    assertThat(container.at("/ports/0/containerPort").asInt())
        .isEqualTo(config.control().listen().port());
    assertThat(container.at("/ports/1/containerPort").asInt())
        .isEqualTo(config.gateway().listen().port());
    assertThat(mounted(container)).containsExactlyInAnyOrderElementsOf(volumes(objects, pod));
    assertThat(container.at("/args").toString()).contains("/etc/keyway/config/keyway.yaml");
  }

  /** A node that is killed while it drains drops what it has promised to finish. */
  private static void assertGrace(Config config, String grace) {
    Duration needed =
        config.drain().delay().plus(config.drain().patience()).plus(Duration.ofSeconds(5));
    assertThat(Duration.parse("PT" + grace)).isGreaterThanOrEqualTo(needed);
  }

  private static List<String> mounted(JsonNode container) {
    var names = new ArrayList<String>();
    container.at("/volumeMounts").forEach(mount -> names.add(mount.get("name").asText()));
    return names;
  }

  private static List<String> volumes(Map<String, JsonNode> objects, JsonNode pod) {
    var names = new ArrayList<String>();
    pod.at("/volumes").forEach(volume -> names.add(volume.get("name").asText()));
    object(objects, "StatefulSet keyway")
        .at("/spec/volumeClaimTemplates")
        .forEach(claim -> names.add(claim.at("/metadata/name").asText()));
    return names;
  }

  private static Map<String, JsonNode> objects() throws IOException {
    var objects = new TreeMap<String, JsonNode>();
    try (var documents =
        YAML.readerFor(JsonNode.class)
            .<JsonNode>readValues(OPS.resolve("kubernetes/keyway.yaml").toFile())) {
      while (documents.hasNext()) {
        JsonNode one = documents.next();
        objects.put(one.at("/kind").asText() + " " + one.at("/metadata/name").asText(), one);
      }
    }
    return objects;
  }

  private static JsonNode object(Map<String, JsonNode> objects, String name) {
    return Objects.requireNonNull(objects.get(name), name);
  }

  private Config read(String text) {
    var references = new References(Map.of("KEYWAY_DB_PASSWORD", "hunter2")::get, folder);
    return new ConfigReader(references, Profiles.shipped().products()).read("keyway.yaml", text);
  }
}
