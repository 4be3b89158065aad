package dev.keyway.demo.modern;

import dev.keyway.demo.web.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON-RPC messages that this server sends, as the schema of revision 2026-07-28 has them. */
final class Results {

  private static final String SERVER_INFO = "io.modelcontextprotocol/serverInfo";
  private static final String SUBSCRIPTION_ID = "io.modelcontextprotocol/subscriptionId";
  private static final Map<String, @Nullable Object> SERVER =
      Json.ordered("name", "keyway-modern-sample", "version", "1.0.0");

  private Results() {}

  /** A result that is final, to be filled with more members. */
  static Map<String, @Nullable Object> complete() {
    Map<String, @Nullable Object> meta = new LinkedHashMap<>();
    meta.put(SERVER_INFO, SERVER);
    return Json.ordered("_meta", meta, "resultType", "complete");
  }

  /** A final result that clients may keep: everybody's, for a while (Caching). */
  static Map<String, @Nullable Object> cacheable(long ttlMillis) {
    Map<String, @Nullable Object> result = complete();
    result.put("ttlMs", ttlMillis);
    result.put("cacheScope", "public");
    return result;
  }

  /** The result of a tool that answered with text and, where not null, with a value. */
  static Map<String, @Nullable Object> tool(String text, @Nullable Object value) {
    Map<String, @Nullable Object> result = complete();
    result.put("content", List.of(Json.ordered("type", "text", "text", text)));
    if (value != null) {
      result.put("structuredContent", value);
    }
    result.put("isError", false);
    return result;
  }

  /** The result of a tool that could not do what it was asked (Tools, Error Handling). */
  static Map<String, @Nullable Object> toolError(String text) {
    Map<String, @Nullable Object> result = tool(text, null);
    result.put("isError", true);
    return result;
  }

  /** The result that ends a subscription. */
  static Map<String, @Nullable Object> subscriptionEnded(@Nullable Object id) {
    Map<String, @Nullable Object> meta = new LinkedHashMap<>();
    meta.put(SERVER_INFO, SERVER);
    meta.put(SUBSCRIPTION_ID, id);
    return Json.ordered("_meta", meta, "resultType", "complete");
  }

  /** The params of a notification on a subscription's stream. */
  static Map<String, @Nullable Object> onSubscription(
      @Nullable Object id, String member, Object value) {
    Map<String, @Nullable Object> meta = new LinkedHashMap<>();
    meta.put(SUBSCRIPTION_ID, id);
    return Json.ordered("_meta", meta, member, value);
  }

  /** The response to the request of that id. */
  static Map<String, @Nullable Object> response(
      @Nullable Object id, Map<String, @Nullable Object> result) {
    Map<String, @Nullable Object> message = Json.ordered("jsonrpc", "2.0", "id", id);
    message.put("result", result);
    return message;
  }

  /** A notification. */
  static Map<String, @Nullable Object> notification(
      String method, Map<String, @Nullable Object> params) {
    Map<String, @Nullable Object> message = Json.ordered("jsonrpc", "2.0", "method", method);
    message.put("params", params);
    return message;
  }
}
