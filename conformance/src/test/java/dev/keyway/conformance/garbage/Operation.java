package dev.keyway.conformance.garbage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * One operation as the OpenAPI document describes it.
 *
 * @param method in capitals
 * @param path with its placeholders
 * @param parameters those of the query, as objects of the document
 * @param example a body that is right; empty where the operation takes none
 * @param needsSession whether only a signed-in person may call
 * @param schema the body's; missing where the operation takes none
 */
record Operation(
    String id,
    String method,
    String path,
    List<JsonNode> parameters,
    ObjectNode example,
    JsonNode schema,
    boolean needsSession) {

  boolean hasBody() {
    return schema.isObject();
  }

  boolean isManagement() {
    return path.startsWith("/v1/");
  }

  /** Whether the query may have a parameter of this name. */
  boolean takes(String parameter) {
    return parameters.stream().anyMatch(one -> one.at("/name").asText().equals(parameter));
  }

  /** The path with these ids, by the names of their placeholders. */
  String target(Map<String, String> ids) {
    String target = path;
    for (Map.Entry<String, String> id : ids.entrySet()) {
      target = target.replace("{" + id.getKey() + "}", id.getValue());
    }
    if (target.contains("{")) {
      throw new AssertionError("this test knows no id for a placeholder of " + path);
    }
    return target;
  }

  @Override
  public String toString() {
    return id;
  }
}
