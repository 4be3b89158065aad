package dev.keyway.demo.modern;

import dev.keyway.demo.mcp.ToolSchema;
import dev.keyway.demo.web.Caller;
import dev.keyway.demo.web.Json;
import dev.keyway.demo.web.Reply;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tool of the stateless server. */
interface ModernTool {

  String name();

  String description();

  ToolSchema schema();

  /** The parameters that clients repeat in {@code Mcp-Param-*}, and under which name. */
  default Map<String, String> mirrored() {
    return Map.of();
  }

  /** Answers a call, as JSON or as an event stream; wrong arguments are a result, not an error. */
  Reply call(RpcRequest request, Caller caller);

  /** The tool as lists show it. */
  default Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = Json.ordered("name", name(), "description", description());
    json.put("inputSchema", schema().json());
    return json;
  }
}
