package dev.keyway.conformance.harness;

import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tools of Meko's MCP server that take a {@code datapack_id}, whatever they are called. */
public final class DatapackTools implements AutoCloseable {

  private static final String DATAPACK = "datapack_id";

  private final McpSession session;
  private final List<McpSchema.Tool> tools;

  private DatapackTools(McpSession session, List<McpSchema.Tool> tools) {
    this.session = session;
    this.tools = tools;
  }

  /** Connects with the official Java client through the gateway. */
  public static DatapackTools open(RunningKeyway keyway, NewKey key) {
    McpSession session = McpSession.open(keyway.gateway().resolve("/meko/mcp"), key);
    List<McpSchema.Tool> tools =
        session.toolDescriptions().stream()
            .filter(tool -> properties(tool).containsKey(DATAPACK))
            .toList();
    if (tools.isEmpty()) {
      throw new AssertionError("no tool takes a " + DATAPACK);
    }
    return new DatapackTools(session, tools);
  }

  /** The names of the tools that take a datapack. */
  public List<String> names() {
    return tools.stream().map(McpSchema.Tool::name).toList();
  }

  /** True when every tool accepts the datapack, false when every tool refuses it with an error. */
  public boolean opens(String datapack) {
    List<Boolean> answers = tools.stream().map(tool -> accepts(tool, datapack)).distinct().toList();
    if (answers.size() != 1) {
      throw new AssertionError("the tools disagree about datapack " + datapack);
    }
    return answers.getFirst();
  }

  private boolean accepts(McpSchema.Tool tool, String datapack) {
    try {
      return !Boolean.TRUE.equals(session.call(tool.name(), arguments(tool, datapack)).isError());
    } catch (McpError e) {
      return false;
    }
  }

  private static Map<String, Object> arguments(McpSchema.Tool tool, String datapack) {
    Map<String, Object> arguments = new HashMap<>();
    properties(tool).forEach((name, schema) -> arguments.put(name, sample(schema)));
    arguments.put(DATAPACK, datapack);
    return arguments;
  }

  private static Object sample(Object schema) {
    Object type = schema instanceof Map<?, ?> map ? map.get("type") : null;
    return switch (String.valueOf(type)) {
      case "integer", "number" -> 1;
      case "boolean" -> false;
      default -> "conformance";
    };
  }

  private static Map<String, Object> properties(McpSchema.Tool tool) {
    Map<String, Object> properties = new HashMap<>();
    if (tool.inputSchema().get("properties") instanceof Map<?, ?> map) {
      map.forEach((name, schema) -> properties.put(String.valueOf(name), schema));
    }
    return properties;
  }

  @Override
  public void close() {
    session.close();
  }
}
