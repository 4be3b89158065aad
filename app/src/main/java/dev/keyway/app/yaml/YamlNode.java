package dev.keyway.app.yaml;

import java.util.List;
import java.util.Map;

/** A node of a YAML file that knows its line and its path, such as {@code routes[1].path}. */
public sealed interface YamlNode {

  int line();

  /** Where the node stands in the file; empty for the whole. */
  String path();

  /** Fields by name, in the order of the file. */
  record Mapping(int line, String path, Map<String, Entry> entries) implements YamlNode {}

  /** A list. */
  record Sequence(int line, String path, List<YamlNode> items) implements YamlNode {}

  /** A single value, as it was written. */
  record Scalar(int line, String path, Kind kind, String text) implements YamlNode {
    @Override
    public String toString() {
      return "Scalar[" + path + ":" + line + "]";
    }
  }

  /**
   * A field of a mapping.
   *
   * @param line where its name stands, which may be above its value
   */
  record Entry(int line, YamlNode value) {}

  /** What YAML takes an unquoted value for. */
  enum Kind {
    TEXT,
    NUMBER,
    BOOLEAN,
    NULL
  }

  /** Whether the value is null, which equals an absent field. */
  default boolean isNull() {
    return this instanceof Scalar scalar && scalar.kind() == Kind.NULL;
  }
}
