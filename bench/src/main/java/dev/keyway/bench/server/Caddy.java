package dev.keyway.bench.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyway.bench.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Starts Caddy with its {@code map} of the same keys, which answers by itself. The map is searched
 * from its beginning to its end.
 */
public final class Caddy {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Caddy() {}

  /**
   * Starts it.
   *
   * @param map lines {@code KEY KEY_ID}
   */
  public static ServerProcess start(String program, Path folder, int port, Path map) {
    Path configuration = folder.resolve("caddy.json");
    try {
      Files.writeString(configuration, configuration(port, map).toString());
    } catch (IOException e) {
      throw new BenchException("cannot write " + configuration + ": " + e.getMessage(), e);
    }
    // It keeps what it wants to remember in the benchmark's own folder.
    Map<String, String> environment =
        Map.of(
            "XDG_DATA_HOME", folder.resolve("caddy-data").toString(),
            "XDG_CONFIG_HOME", folder.resolve("caddy-config").toString());
    var server =
        ServerProcess.start(
            "caddy",
            List.of(program, "run", "--config", configuration.toString()),
            folder.resolve("caddy.log"),
            environment);
    server.awaitPort(port);
    return server;
  }

  private static ObjectNode configuration(int port, Path map) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.putObject("admin").put("disabled", true);
    ObjectNode server =
        root.putObject("apps").putObject("http").putObject("servers").putObject("keys");
    server.putArray("listen").add("127.0.0.1:" + port);
    server.putObject("automatic_https").put("disable", true);
    ArrayNode routes = server.putArray("routes");
    ArrayNode handle = routes.addObject().putArray("handle");
    ObjectNode lookUp = handle.addObject().put("handler", "map");
    lookUp.put("source", "{http.request.header.Authorization}");
    lookUp.putArray("destinations").add("{key_id}");
    lookUp.putArray("defaults").add("");
    ArrayNode mappings = lookUp.putArray("mappings");
    for (String line : Files.readAllLines(map)) {
      String[] parts = line.split(" ", 2);
      ObjectNode mapping = mappings.addObject().put("input", "Bearer " + parts[0]);
      mapping.putArray("outputs").add(parts[1]);
    }
    ObjectNode refused = routes.addObject();
    refused.putArray("match").addObject().putObject("vars").putArray("{key_id}").add("");
    refused.put("terminal", true);
    refused
        .putArray("handle")
        .addObject()
        .put("handler", "static_response")
        .put("status_code", 401);
    ObjectNode allowed =
        routes
            .addObject()
            .putArray("handle")
            .addObject()
            .put("handler", "static_response")
            .put("status_code", 200);
    allowed.putObject("headers").putArray("Keyway-Key-Id").add("{key_id}");
    return root;
  }
}
