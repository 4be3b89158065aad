package dev.keyway.demo.modern;

import dev.keyway.demo.web.Json;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON-RPC request or notification (MCP 2026-07-28, Overview, Messages).
 *
 * @param id text or a whole number; null for a notification
 */
record RpcRequest(@Nullable Object id, String method, Map<String, @Nullable Object> params) {

  /** Reads a message; one that is neither request nor notification is an error. */
  static RpcRequest of(Map<String, @Nullable Object> message) {
    if (!"2.0".equals(message.get("jsonrpc"))) {
      throw RpcError.invalidRequest(400, "jsonrpc must be \"2.0\"");
    }
    if (message.containsKey("id") && id(message) == null) {
      throw RpcError.invalidRequest(400, "id must be a string or an integer");
    }
    if (!(message.get("method") instanceof String method)) {
      throw RpcError.invalidRequest(400, "method must be a string");
    }
    return new RpcRequest(id(message), method, member(message, "params"));
  }

  /** The id of a message, as far as it can be read. */
  static @Nullable Object id(Map<String, @Nullable Object> message) {
    Object id = message.get("id");
    boolean readable =
        id instanceof String
            || id instanceof Integer
            || id instanceof Long
            || id instanceof BigInteger;
    return readable ? id : null;
  }

  boolean isNotification() {
    return id == null;
  }

  /** The {@code _meta} of the params; empty when there is none. */
  Map<String, @Nullable Object> meta() {
    return member(params, "_meta");
  }

  /** The text that {@code Mcp-Name} repeats, or whatever stands in its place. */
  @Nullable Object param(String name) {
    return params.get(name);
  }

  /** The arguments of a tool call; empty when there are none. */
  Map<String, @Nullable Object> arguments() {
    return member(params, "arguments");
  }

  /** What progress notifications must carry; null when the client wants none. */
  @Nullable Object progressToken() {
    return meta().get("progressToken");
  }

  private static Map<String, @Nullable Object> member(
      Map<String, @Nullable Object> json, String name) {
    // Through the text and back: the only way to a typed map without an unchecked cast.
    return json.get(name) instanceof Map<?, ?> object
        ? Json.object(Json.text(object)).orElseThrow()
        : Map.of();
  }
}
