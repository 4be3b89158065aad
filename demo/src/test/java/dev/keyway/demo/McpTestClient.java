package dev.keyway.demo;

import dev.keyway.demo.web.Json;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The SDK's own client with the gateway's headers set by hand. */
final class McpTestClient implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 10;

  private final BlockingQueue<ProgressNotification> progress = new LinkedBlockingQueue<>();
  private final McpSyncClient client;

  private McpTestClient(URI base, String endpoint, String header, String value) {
    // The URL is resolved against the base, so the base's own path has to be in the endpoint.
    client =
        McpClient.sync(
                HttpClientStreamableHttpTransport.builder(base.resolve("/").toString())
                    .endpoint(base.getPath() + endpoint)
                    .openConnectionOnStartup(true)
                    .requestBuilder(HttpRequest.newBuilder().header(header, value))
                    .build())
            .requestTimeout(Duration.ofSeconds(20))
            .progressConsumer(progress::add)
            .build();
    client.initialize();
  }

  static McpTestClient connect(URI base, String endpoint, String header, String value) {
    return new McpTestClient(base, endpoint, header, value);
  }

  List<String> toolNames() {
    return client.listTools().tools().stream().map(Tool::name).toList();
  }

  CallToolResult call(String tool, Map<String, Object> arguments) {
    return client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
  }

  CallToolResult callWithProgress(String tool, String token, Map<String, Object> arguments) {
    return client.callTool(
        CallToolRequest.builder(tool)
            .arguments(arguments)
            .meta(Map.of("progressToken", token))
            .build());
  }

  /**
   * The next notifications of progress, in whatever order they arrive: the client hands each to a
   * thread of its own, which may run after the call has returned.
   */
  List<ProgressNotification> awaitProgress(int count) throws InterruptedException {
    List<ProgressNotification> arrived = new ArrayList<>();
    while (arrived.size() < count) {
      ProgressNotification next = progress.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("only " + arrived);
      }
      arrived.add(next);
    }
    return arrived;
  }

  /** The structured content of a call, as a JSON object. */
  Map<String, @Nullable Object> answer(String tool, Map<String, Object> arguments) {
    CallToolResult result = call(tool, arguments);
    if (Boolean.TRUE.equals(result.isError())) {
      throw new AssertionError(result.content());
    }
    return Json.object(Json.text(result.structuredContent())).orElseThrow();
  }

  @Override
  public void close() {
    client.closeGracefully();
  }
}
