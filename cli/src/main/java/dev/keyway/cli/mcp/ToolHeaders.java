package dev.keyway.cli.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The arguments of tools that a request repeats in {@code Mcp-Param-*} headers, as the tools' own
 * schemas ask for by {@code x-mcp-header} (revision 2026-07-28). It learns them from the lists that
 * pass.
 */
final class ToolHeaders {
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+");

  /** By tool: JSON pointers of arguments, by header. */
  private final Map<String, Map<String, String>> tools = new ConcurrentHashMap<>();

  /** Looks at a message on its way to the client. */
  void learn(JsonNode message) {
    for (JsonNode tool : message.path("result").path("tools")) {
      var headers = new LinkedHashMap<String, String>();
      gather(tool.path("inputSchema"), "", headers);
      tools.put(tool.path("name").asText(), headers);
    }
  }

  private static void gather(JsonNode schema, String pointer, Map<String, String> headers) {
    schema
        .path("properties")
        .properties()
        .forEach(property -> {
          String inner = pointer + "/" + escaped(property.getKey());
          String header = property.getValue().path("x-mcp-header").asText("");
          if (TOKEN.matcher(header).matches()) {
            headers.put("Mcp-Param-" + header, inner);
          }
          gather(property.getValue(), inner, headers);
        });
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /** The headers of a call. */
  Map<String, String> of(JsonNode params) {
    var values = new LinkedHashMap<String, String>();
    tools
        .getOrDefault(params.path("name").asText(), Map.of())
        .forEach((header, pointer) -> {
          JsonNode value = params.path("arguments").at(pointer);
          if (value.isValueNode() && !value.isNull()) {
            values.put(header, HeaderValue.of(value.asText()));
          }
        });
    return values;
  }
}
