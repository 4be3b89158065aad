package dev.keyway.demo.modern;

import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * Holds a request's header fields against its body: the two must say the same, or a proxy that
 * reads the one and a server that obeys the other could be played off against each other (MCP
 * 2026-07-28, Streamable HTTP, Request Metadata).
 */
final class RequestMetadata {

  static final String VERSION = "2026-07-28";
  static final List<String> SUPPORTED = List.of(VERSION);

  private static final String PREFIX = "io.modelcontextprotocol/";
  private static final String VERSION_HEADER = "MCP-Protocol-Version";
  private static final String METHOD_HEADER = "Mcp-Method";
  private static final String NAME_HEADER = "Mcp-Name";

  /** Which param {@code Mcp-Name} repeats, for the methods that have one. */
  private static final Map<String, String> NAMED =
      Map.of("tools/call", "name", "resources/read", "uri", "prompts/get", "name");

  private final RpcRequest request;
  private final HttpFields headers;

  RequestMetadata(RpcRequest request, HttpFields headers) {
    this.request = request;
    this.headers = headers;
  }

  /** Checks all that every request must carry. */
  void check() {
    checkVersion();
    if (!(request.meta().get(PREFIX + "clientCapabilities") instanceof Map<?, ?>)) {
      throw RpcError.malformedParams("_meta lacks " + PREFIX + "clientCapabilities");
    }
    checkSame(METHOD_HEADER, single(METHOD_HEADER), request.method());
  }

  private void checkVersion() {
    String header = single(VERSION_HEADER);
    if (!(request.meta().get(PREFIX + "protocolVersion") instanceof String version)) {
      throw RpcError.malformedParams("_meta lacks " + PREFIX + "protocolVersion");
    }
    checkSame(VERSION_HEADER, header, version);
    if (!SUPPORTED.contains(version)) {
      throw RpcError.unsupportedVersion(SUPPORTED, version);
    }
  }

  /** Checks {@code Mcp-Name}, for methods that exist and have one. */
  void checkName() {
    String param = NAMED.get(request.method());
    if (param == null) {
      return;
    }
    if (!(request.param(param) instanceof String name)) {
      throw RpcError.malformedParams("params lacks " + param);
    }
    checkSame(NAME_HEADER, decoded(NAME_HEADER), name);
  }

  /**
   * Checks a tool parameter that is repeated in {@code Mcp-Param-*}: with the parameter the header
   * is required, without it there must be none.
   */
  void checkParam(String header, @Nullable Object value) {
    String name = "Mcp-Param-" + header;
    if (value != null) {
      checkSame(name, decoded(name), String.valueOf(value));
    } else if (headers.contains(name)) {
      throw RpcError.headerMismatch(name + " repeats a parameter that is not in the body");
    }
  }

  private static void checkSame(String name, String header, String body) {
    if (!header.equals(body)) {
      throw RpcError.headerMismatch(
          name + " header value '" + header + "' does not match body value '" + body + "'");
    }
  }

  private String decoded(String name) {
    return HeaderValue.decode(single(name))
        .orElseThrow(() -> RpcError.headerMismatch(name + " is not Base64 of UTF-8"));
  }

  private String single(String name) {
    List<String> values = headers.getValuesList(name);
    if (values.isEmpty()) {
      throw RpcError.headerMismatch(name + " is missing" + hint(name));
    }
    if (values.size() > 1) {
      throw RpcError.headerMismatch(name + " is given more than once");
    }
    return values.getFirst();
  }

  // Clients of older revisions lack this header and show the text to people: say what would work.
  private static String hint(String name) {
    return name.equals(VERSION_HEADER) ? "; this server speaks MCP " + VERSION : "";
  }
}
