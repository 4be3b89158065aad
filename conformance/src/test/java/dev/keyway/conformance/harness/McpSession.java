package dev.keyway.conformance.harness;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A session of the official MCP Java SDK's client, opened through a URL. */
public final class McpSession implements AutoCloseable {

  private final McpSyncClient client;

  private McpSession(McpSyncClient client) {
    this.client = client;
  }

  /** Opens a session with a key as bearer. */
  public static McpSession open(URI url, NewKey key) {
    return connect(
        transport(url)
            .addHttpRequestCustomizer(
                (request, _, _, _, _) -> request.setHeader("Authorization", key.bearer())));
  }

  /** Opens a session knowing only the URL. */
  public static McpSession open(URI url) {
    return connect(transport(url));
  }

  private static HttpClientStreamableHttpTransport.Builder transport(URI url) {
    String base = url.getScheme() + "://" + url.getRawAuthority();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return HttpClientStreamableHttpTransport.builder(base).endpoint(url.getRawPath() + query);
  }

  private static McpSession connect(HttpClientStreamableHttpTransport.Builder transport) {
    McpSyncClient client =
        McpClient.sync(transport.build())
            .requestTimeout(Duration.ofSeconds(20))
            .initializationTimeout(Duration.ofSeconds(20))
            .build();
    client.initialize();
    return new McpSession(client);
  }

  /** The names of the server's tools. */
  public List<String> tools() {
    return client.listTools().tools().stream().map(McpSchema.Tool::name).toList();
  }

  /** The full descriptions of the server's tools. */
  public List<McpSchema.Tool> toolDescriptions() {
    return client.listTools().tools();
  }

  /** Calls a tool. */
  public McpSchema.CallToolResult call(String tool, Map<String, Object> arguments) {
    return client.callTool(McpSchema.CallToolRequest.builder(tool).arguments(arguments).build());
  }

  /** The text of a tool's result, its parts one below the other. */
  public static String text(McpSchema.CallToolResult result) {
    return result.content().stream()
        .filter(McpSchema.TextContent.class::isInstance)
        .map(content -> ((McpSchema.TextContent) content).text())
        .collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    client.close();
  }
}
