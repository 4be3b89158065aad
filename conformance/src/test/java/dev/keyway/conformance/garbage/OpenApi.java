package dev.keyway.conformance.garbage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The operations of the OpenAPI document that a running Keyway serves. */
final class OpenApi {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private final JsonNode document;

  private OpenApi(JsonNode document) {
    this.document = document;
  }

  static OpenApi of(Api api) {
    return new OpenApi(api.get("/openapi.json").expect(200).json());
  }

  /** Every operation. */
  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    document
        .at("/paths")
        .properties()
        .forEach(path ->
            path.getValue().properties().stream()
                .filter(one -> METHODS.contains(one.getKey()))
                .forEach(one -> operations.add(operation(path.getKey(), one))));
    return operations;
  }

  /** The methods of a path, in capitals. */
  Set<String> methods(String path) {
    Set<String> methods = new TreeSet<>();
    operations().stream()
        .filter(one -> one.path().equals(path))
        .forEach(one -> methods.add(one.method()));
    return methods;
  }

  private Operation operation(String path, Map.Entry<String, JsonNode> described) {
    JsonNode operation = described.getValue();
    JsonNode body = operation.at("/requestBody/content").path("application/json");
    JsonNode schema =
        body.isMissingNode() ? MissingNode.getInstance() : resolve(body.at("/schema"));
    List<JsonNode> query =
        operation
            .at("/parameters")
            .valueStream()
            .map(this::resolve)
            .filter(one -> one.at("/in").asText().equals("query"))
            .toList();
    ObjectNode example =
        body.at("/example").isObject() ? (ObjectNode) body.at("/example") : Json.of();
    return new Operation(
        operation.at("/operationId").asText(),
        described.getKey().toUpperCase(Locale.ROOT),
        path,
        query,
        example,
        schema,
        needsSession(operation));
  }

  private static boolean needsSession(JsonNode operation) {
    JsonNode security = operation.path("security");
    return !security.isEmpty() && security.valueStream().noneMatch(one -> one.has("key"));
  }

  /** The schema of a property, with references followed. */
  JsonNode property(Operation operation, String name) {
    return resolve(operation.schema().at("/properties").path(name));
  }

  private JsonNode resolve(JsonNode node) {
    JsonNode reference = node.path("$ref");
    return reference.isTextual() ? resolve(document.at(reference.asText().substring(1))) : node;
  }
}
