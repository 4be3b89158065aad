package dev.keyway.demo.modern;

import dev.keyway.demo.web.Json;
import dev.keyway.demo.web.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON-RPC error and the HTTP status it goes out with (MCP 2026-07-28, Overview, Error Codes;
 * Streamable HTTP, Server Validation).
 */
final class RpcError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int PARSE_ERROR = -32700;
  private static final int INVALID_REQUEST = -32600;
  private static final int METHOD_NOT_FOUND = -32601;
  private static final int INVALID_PARAMS = -32602;
  private static final int HEADER_MISMATCH = -32020;
  private static final int UNSUPPORTED_PROTOCOL_VERSION = -32022;

  private final int status;
  private final int code;
  private final transient @Nullable Object data;

  private RpcError(int status, int code, String message, @Nullable Object data) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.data = data;
  }

  static RpcError parseError() {
    return new RpcError(400, PARSE_ERROR, "Parse error: the body is not a JSON object", null);
  }

  static RpcError invalidRequest(int status, String fault) {
    return new RpcError(status, INVALID_REQUEST, "Invalid request: " + fault, null);
  }

  static RpcError methodNotFound(String method) {
    return new RpcError(404, METHOD_NOT_FOUND, "Method not found: " + method, null);
  }

  /** The request lacks something that its form requires. */
  static RpcError malformedParams(String fault) {
    return new RpcError(400, INVALID_PARAMS, "Invalid params: " + fault, null);
  }

  /**
   * The request is well formed and names something that does not exist: the method's own answer.
   */
  static RpcError unknown(String kind, String name) {
    return new RpcError(200, INVALID_PARAMS, "Unknown " + kind + ": " + name, null);
  }

  static RpcError headerMismatch(String fault) {
    return new RpcError(400, HEADER_MISMATCH, "Header mismatch: " + fault, null);
  }

  static RpcError unsupportedVersion(List<String> supported, String requested) {
    return new RpcError(
        400,
        UNSUPPORTED_PROTOCOL_VERSION,
        "Unsupported protocol version",
        Json.ordered("supported", supported, "requested", requested));
  }

  /** The answer to the request of that id; null where the id could not be read. */
  Reply reply(@Nullable Object id) {
    Map<String, @Nullable Object> error = Json.ordered("code", code, "message", getMessage());
    if (data != null) {
      error.put("data", data);
    }
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("jsonrpc", "2.0");
    if (id != null) {
      answer.put("id", id);
    }
    answer.put("error", error);
    return Reply.json(status, answer);
  }
}
