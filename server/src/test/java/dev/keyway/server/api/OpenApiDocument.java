package dev.keyway.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The packed OpenAPI document, and whether real answers are what it says. */
final class OpenApiDocument {
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private final JsonNode document;
  private final Map<String, Schema> cache = new HashMap<>();

  OpenApiDocument() {
    try (InputStream yaml =
        OpenApiDocument.class.getResourceAsStream("/keyway/openapi/keyway.yaml")) {
      this.document = new YAMLMapper().readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    tighten(document);
  }

  /** Every operation as {@code METHOD path operationId [statuses without problems]}. */
  Set<String> operations() {
    var operations = new TreeSet<String>();
    for (var path : document.path("paths").properties()) {
      for (var member : path.getValue().properties()) {
        if (METHODS.contains(member.getKey())) {
          operations.add(
              "%s %s %s %s"
                  .formatted(
                      member.getKey().toUpperCase(java.util.Locale.ROOT),
                      path.getKey(),
                      member.getValue().path("operationId").asText(),
                      successes(member.getValue())));
        }
      }
    }
    return operations;
  }

  /** What is wrong with an answer by the document; empty when nothing is. */
  List<String> faults(String method, String path, int status, String mediaType, String body) {
    JsonNode operation = operation(method, path).orElseThrow();
    JsonNode response = resolve(operation.path("responses").path(String.valueOf(status)));
    if (response.isMissingNode()) {
      return List.of("status " + status + " is not documented for " + method + " " + path);
    }
    String media = mediaType.replaceAll(";.*", "");
    JsonNode schema = response.path("content").path(media).path("schema");
    if (schema.isMissingNode()) {
      return List.of("media type " + media + " is not documented for " + method + " " + path);
    }
    if (!media.endsWith("json")) {
      return List.of();
    }
    return compiled(schema).validate(body, InputFormat.JSON).stream()
        .map(error -> error.getInstanceLocation() + " " + error.getMessage())
        .toList();
  }

  private Optional<JsonNode> operation(String method, String path) {
    // The template with the fewest placeholders is the one that is meant.
    var found = new TreeMap<Integer, JsonNode>();
    for (var entry : document.path("paths").properties()) {
      String template = entry.getKey();
      JsonNode operation = entry.getValue().path(method.toLowerCase(java.util.Locale.ROOT));
      if (path.matches(template.replaceAll("\\{[^}]*}", "[^/]+")) && !operation.isMissingNode()) {
        found.put(template.split("\\{", -1).length, operation);
      }
    }
    return found.values().stream().findFirst();
  }

  private Set<Integer> successes(JsonNode operation) {
    var statuses = new TreeSet<Integer>();
    for (var response : operation.path("responses").properties()) {
      JsonNode content = resolve(response.getValue()).path("content");
      if (!content.has("application/problem+json")) {
        statuses.add(Integer.parseInt(response.getKey()));
      }
    }
    return statuses;
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  private Schema compiled(JsonNode schema) {
    return cache.computeIfAbsent(
        schema.toString(),
        _ -> {
          ObjectNode whole = schema.deepCopy();
          whole.set("components", document.path("components"));
          return SCHEMAS.getSchema(whole.toString(), InputFormat.JSON);
        });
  }

  /** For clients answers may grow; for these tests what is not documented must not be there. */
  private static void tighten(JsonNode node) {
    if (node instanceof ObjectNode object && object.path("properties").isObject()) {
      object.put("additionalProperties", false);
    }
    node.forEach(OpenApiDocument::tighten);
  }
}
