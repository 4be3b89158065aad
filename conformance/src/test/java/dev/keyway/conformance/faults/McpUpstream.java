package dev.keyway.conformance.faults;

import dev.keyway.conformance.harness.WireMessage;
import dev.keyway.conformance.harness.WireUpstream;
import java.io.IOException;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An upstream for all four products that keeps what it receives and can hold a stream open. */
final class McpUpstream implements AutoCloseable {
  private static final String JSON = "application/json";

  private final WireUpstream wire;
  private final Queue<WireMessage> received;

  private McpUpstream(WireUpstream wire, Queue<WireMessage> received) {
    this.wire = wire;
    this.received = received;
  }

  static McpUpstream start() {
    Queue<WireMessage> received = new ConcurrentLinkedQueue<>();
    WireUpstream wire = WireUpstream.start();
    for (String path : new String[] {"/api/v1/developer/transcriptions", "/v1/machines"}) {
      wire.on(
          path,
          (request, out) -> {
            received.add(request);
            out.respond(200, JSON, "{\"data\":[]}");
          });
    }
    for (String path : new String[] {"/mcp", "/mcp/v1"}) {
      wire.on(
          path,
          (request, out) -> {
            received.add(request);
            answerMcp(request, out);
          });
    }
    return new McpUpstream(wire, received);
  }

  private static void answerMcp(WireMessage request, WireUpstream.Wire out) throws IOException {
    if (request.method().equals("GET") && request.header("mcp-session-id").isPresent()) {
      out.send(
          "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
      out.chunk(": open\n\n");
      var _ = out.isCut();
    } else if (request.text().contains("\"initialize\"")) {
      String result = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
      out.respond(200, JSON, result, "Mcp-Session-Id: session-1");
    } else {
      out.respond(202, JSON, "");
    }
  }

  URI address() {
    return wire.address();
  }

  /** Everything received where a key was taken from the place it was in. */
  String received() {
    return received.stream()
        // What stands in fields that have nothing to do with keys is passed on as it is.
        .map(message ->
            message.startLine()
                + message.fields().stream()
                    .filter(field -> !field.matches("(?i)(x-unknown|user-agent|referer|cookie).*"))
                    .toList())
        .reduce("", (all, one) -> all + "\n" + one);
  }

  @Override
  public void close() {
    wire.close();
  }
}
