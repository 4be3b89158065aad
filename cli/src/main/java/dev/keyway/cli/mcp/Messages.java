package dev.keyway.cli.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;

/** JSON-RPC messages to the client, one a line, as MCP's stdio transport has them. */
final class Messages {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of the range that JSON-RPC leaves to servers. */
  private static final int FAILED = -32_000;

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

  static boolean isRequest(JsonNode message) {
    return message.has("method") && message.has("id");
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
    ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
    answer.set("id", request.path("id"));
    answer.putObject("error").put("code", FAILED).put("message", why);
    pass(answer.toString());
  }
}
