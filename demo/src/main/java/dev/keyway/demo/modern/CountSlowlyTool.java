package dev.keyway.demo.modern;

import dev.keyway.demo.mcp.ToolSchema;
import dev.keyway.demo.web.Caller;
import dev.keyway.demo.web.EventSink;
import dev.keyway.demo.web.Json;
import dev.keyway.demo.web.Reply;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts on an event stream, a step an interval: as progress where the client gave a token, else as
 * comments. A client that closes the stream ends the count at its next step.
 */
final class CountSlowlyTool implements ModernTool {

  private static final int MAX_STEPS = 1_000;
  private static final int MAX_INTERVAL_MILLIS = 10_000;

  @Override
  public String name() {
    return "count_slowly";
  }

  @Override
  public String description() {
    return "Counts, and reports each step as progress.";
  }

  @Override
  public ToolSchema schema() {
    return ToolSchema.arguments()
        .number("steps", "How far to count.", 1, MAX_STEPS)
        .number("interval_ms", "Milliseconds between two steps.", 0, MAX_INTERVAL_MILLIS);
  }

  @Override
  public Reply call(RpcRequest request, Caller caller) {
    if (!(request.arguments().get("steps") instanceof Integer steps)
        || !(request.arguments().get("interval_ms") instanceof Integer intervalMillis)
        || steps < 1
        || steps > MAX_STEPS
        || intervalMillis < 0
        || intervalMillis > MAX_INTERVAL_MILLIS) {
      return ModernMethods.result(
          request,
          Results.toolError(
              "Count 1 to " + MAX_STEPS + " steps, 0 to " + MAX_INTERVAL_MILLIS + " ms apart."));
    }
    return Reply.events(sink -> count(sink, request, steps, intervalMillis));
  }

  private static void count(EventSink sink, RpcRequest request, int steps, int intervalMillis)
      throws IOException, InterruptedException {
    Object token = request.progressToken();
    for (int step = 1; step <= steps; step++) {
      Thread.sleep(intervalMillis);
      if (token == null) {
        sink.keepAlive();
      } else {
        sink.message(Json.text(progress(token, step, steps)));
      }
    }
    Map<String, @Nullable Object> result = Results.tool("Counted to " + steps + ".", null);
    sink.message(Json.text(Results.response(request.id(), result)));
  }

  private static Map<String, @Nullable Object> progress(Object token, int step, int steps) {
    Map<String, @Nullable Object> params = Json.ordered("progressToken", token, "progress", step);
    params.put("total", steps);
    params.put("message", step + " of " + steps);
    return Results.notification("notifications/progress", params);
  }
}
