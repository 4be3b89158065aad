package dev.keyway.demo.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON Schema of a tool's arguments, built one argument at a time; members keep this order. */
public final class ToolSchema {

  private final Map<String, Object> properties = new LinkedHashMap<>();
  private final List<String> required = new ArrayList<>();

  private ToolSchema() {}

  /** A schema that takes no argument yet. */
  public static ToolSchema arguments() {
    return new ToolSchema();
  }

  /** Adds a text of at least one character. */
  public ToolSchema text(String name, String description) {
    required.add(name);
    property(name, "string", description).put("minLength", 1);
    return this;
  }

  /** Adds a text that may be left out, one of the given. */
  public ToolSchema optionalChoice(String name, String description, List<String> choices) {
    property(name, "string", description).put("enum", choices);
    return this;
  }

  /**
   * Adds a text that may be left out, and that clients of revision 2026-07-28 repeat in the header
   * field {@code Mcp-Param-HEADER}.
   */
  public ToolSchema mirroredText(String name, String description, String header) {
    property(name, "string", description).put("x-mcp-header", header);
    return this;
  }

  /** Adds a whole number from {@code lowest} to {@code highest}. */
  public ToolSchema number(String name, String description, int lowest, int highest) {
    required.add(name);
    Map<String, Object> property = property(name, "integer", description);
    property.put("minimum", lowest);
    property.put("maximum", highest);
    return this;
  }

  private Map<String, Object> property(String name, String type, String description) {
    Map<String, Object> property = new LinkedHashMap<>();
    property.put("type", type);
    property.put("description", description);
    properties.put(name, property);
    return property;
  }

  /** The schema as JSON. */
  public Map<String, Object> json() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", required);
    schema.put("additionalProperties", false);
    return schema;
  }
}
