package dev.keyway.demo.mcp;

import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of a tool call, already checked against the tool's schema by the SDK. */
public record ToolArguments(Map<String, Object> values) {

  static ToolArguments of(CallToolRequest request) {
    @Nullable Map<String, Object> arguments = request.arguments();
    return new ToolArguments(arguments == null ? Map.of() : arguments);
  }

  /** A text that the schema requires. */
  public String text(String name) {
    return String.valueOf(values.get(name));
  }

  /** A text that may be missing. */
  public @Nullable String optionalText(String name) {
    return values.get(name) instanceof String text ? text : null;
  }

  /** A whole number that the schema requires. */
  public int number(String name) {
    return values.get(name) instanceof Number number ? number.intValue() : 0;
  }
}
