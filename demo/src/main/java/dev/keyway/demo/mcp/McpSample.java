package dev.keyway.demo.mcp;

import dev.keyway.demo.web.Caller;
import dev.keyway.demo.web.Json;
import dev.keyway.demo.web.Origins;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * An MCP server of the official Java SDK under construction: sessions, answers as event streams,
 * revisions 2025-03-26 to 2025-11-25. Every sample has its own tools and {@link StreamingTools}.
 */
public final class McpSample {

  private static final String CALLER = "caller";

  private final String name;
  private final HttpServletStreamableServerTransportProvider transport;
  private final List<SyncToolSpecification> tools = new ArrayList<>();

  private McpSample(String name, HttpServletStreamableServerTransportProvider transport) {
    this.name = name;
    this.transport = transport;
  }

  /** A server without tools, whose clients' URLs end in {@code endpoint}. */
  public static McpSample named(String name, String endpoint) {
    return new McpSample(
        name,
        HttpServletStreamableServerTransportProvider.builder()
            .mcpEndpoint(endpoint)
            .httpHeaderValidator(Origins.loopback())
            .contextExtractor(request ->
                McpTransportContext.create(Map.of(CALLER, Caller.of(request::getHeader))))
            .build());
  }

  /** Adds a tool that answers with structured content, and the same as text. */
  public McpSample tool(
      String toolName, String description, ToolSchema schema, Function<ToolCall, Object> answer) {
    return add(
        toolName,
        description,
        schema,
        (exchange, request) -> {
          Object value = answer.apply(new ToolCall(caller(exchange), ToolArguments.of(request)));
          return CallToolResult.builder()
              .structuredContent(value)
              .addTextContent(Json.text(value))
              .isError(false)
              .build();
        });
  }

  McpSample add(
      String toolName,
      String description,
      ToolSchema schema,
      BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> call) {
    Tool tool = Tool.builder(toolName, schema.json()).description(description).build();
    tools.add(SyncToolSpecification.builder().tool(tool).callHandler(call).build());
    return this;
  }

  /** The finished server as a servlet; destroying the servlet closes the server. */
  public HttpServletStreamableServerTransportProvider servlet() {
    StreamingTools.addTo(this, transport);
    McpServer.sync(transport)
        .serverInfo(name, "1.0.0")
        .capabilities(ServerCapabilities.builder().tools(false).logging().build())
        // The caller's thread is a virtual one and may block; Reactor's few workers may not.
        .immediateExecution(true)
        .tools(tools)
        .build();
    return transport;
  }

  /**
   * What a tool throws for a thing that is unknown or another's, in the same words: JSON-RPC
   * "Invalid params", -32602.
   */
  public static McpError unknown(String kind, String id) {
    return McpError.builder(McpSchema.ErrorCodes.INVALID_PARAMS)
        .message("Unknown %s: %s".formatted(kind, id))
        .build();
  }

  private static Caller caller(McpSyncServerExchange exchange) {
    return (Caller) exchange.transportContext().get(CALLER);
  }
}
