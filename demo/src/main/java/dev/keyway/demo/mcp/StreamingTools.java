package dev.keyway.demo.mcp;

import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.modelcontextprotocol.spec.McpSchema.LoggingMessageNotification;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import org.jspecify.annotations.Nullable;

/**
 * Tools that make both kinds of stream move, so that one can watch a gateway pass or cut them:
 * {@code count_slowly} on the stream of its own request, {@code announce} on the session's GET
 * stream.
 */
final class StreamingTools {

  private static final int MAX_STEPS = 1_000;
  private static final int MAX_INTERVAL_MILLIS = 10_000;
  private static final ToolSchema COUNT =
      ToolSchema.arguments()
          .number("steps", "How far to count.", 1, MAX_STEPS)
          .number("interval_ms", "Milliseconds between two steps.", 0, MAX_INTERVAL_MILLIS);
  private static final ToolSchema ANNOUNCE =
      ToolSchema.arguments().text("text", "What to announce.");

  private StreamingTools() {}

  static void addTo(McpSample sample, HttpServletStreamableServerTransportProvider transport) {
    sample.add(
        "count_slowly",
        "Counts, and reports each step as progress while the call is open.",
        COUNT,
        StreamingTools::count);
    sample.add(
        "announce",
        "Sends a log message on this session's GET stream.",
        ANNOUNCE,
        (exchange, request) -> announce(transport, exchange.sessionId(), request));
  }

  private static CallToolResult count(McpSyncServerExchange exchange, CallToolRequest request) {
    ToolArguments arguments = ToolArguments.of(request);
    int steps = arguments.number("steps");
    for (int step = 1; step <= steps; step++) {
      pause(arguments.number("interval_ms"));
      report(exchange, request.progressToken(), step, steps);
    }
    return CallToolResult.builder().addTextContent("Counted to " + steps + ".").build();
  }

  private static void report(
      McpSyncServerExchange exchange, @Nullable Object token, int step, int steps) {
    String message = step + " of " + steps;
    if (token == null) {
      exchange.loggingNotification(
          LoggingMessageNotification.builder(LoggingLevel.INFO, message)
              .logger("count_slowly")
              .build());
    } else {
      exchange.progressNotification(
          ProgressNotification.builder(token, step).total((double) steps).message(message).build());
    }
  }

  private static CallToolResult announce(
      HttpServletStreamableServerTransportProvider transport,
      String sessionId,
      CallToolRequest request) {
    String text = ToolArguments.of(request).text("text");
    transport
        .notifyClient(
            sessionId,
            McpSchema.METHOD_NOTIFICATION_MESSAGE,
            LoggingMessageNotification.builder(LoggingLevel.INFO, text).logger("announce").build())
        .toFuture()
        .join();
    return CallToolResult.builder().addTextContent("Announced.").build();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw McpError.builder(McpSchema.ErrorCodes.INTERNAL_ERROR)
          .message("The server is stopping.")
          .build();
    }
  }
}
