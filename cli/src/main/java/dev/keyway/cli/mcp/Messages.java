package dev.keyway.cli.mcp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** JSON-RPC messages to the client, one a line, as MCP's stdio transport has them. */
final class Messages {
  /** A picture or a document may be one string. */
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
              .build());

  /** Of the range that JSON-RPC leaves to servers. */
  private static final int FAILED = -32_000;

  private static final int NO_JSON = -32_700;

  private final PrintWriter out;

  Messages(PrintWriter out) {
    this.out = out;
  }

  static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /** The requests in a message, which may be a batch of them; none in a notification. */
  static List<JsonNode> requests(JsonNode message) {
    var requests = new ArrayList<JsonNode>();
    for (JsonNode one : message.isArray() ? message : List.of(message)) {
      if (one.has("method") && one.has("id")) {
        requests.add(one);
      }
    }
    return requests;
  }

  static boolean isRpc(JsonNode message) {
    return message.isArray() ? isRpc(message.path(0)) : message.has("jsonrpc");
  }

  /**
   * Passes a message on, unchanged but for line breaks, which can only stand between its tokens.
   */
  synchronized void pass(String message) {
    out.println(message.replace('\n', ' ').replace('\r', ' '));
    out.flush();
  }

  /** Answers a request in the place of a server that did not. */
  void fail(JsonNode request, String why) {
    fail(request.path("id"), FAILED, why);
  }

  /** Says that a line was no message; nobody knows which request it was. */
  void failUnreadable() {
    fail(JSON.nullNode(), NO_JSON, "the line is no JSON");
  }

  private void fail(JsonNode id, int code, String why) {
    ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
    answer.set("id", id);
    answer.putObject("error").put("code", code).put("message", why);
    pass(answer.toString());
  }

  /** Passes a server's error on, under the request's id where the server did not know it. */
  void passError(JsonNode request, JsonNode error) {
    if (error instanceof ObjectNode answer && answer.path("id").isNull()) {
      answer.set("id", request.path("id"));
    }
    pass(error.toString());
  }
}
