package dev.keyway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Keys in words. */
final class KeyText {
  private static final List<String> HEADINGS =
      List.of("ID", "NAME", "STATUS", "EXPIRES", "LAST USED", "PRODUCT", "KEY");

  private KeyText() {}

  /** One key in a line. */
  static String line(JsonNode key) {
    String name = key.path("name").isTextual() ? " '" + shown(key, "name") + "'" : "";
    String expiry =
        key.path("expires_at").isTextual() ? ", expires " + key.path("expires_at").asText() : "";
    return key.path("id").asText() + name + " of " + key.path("product").asText() + expiry;
  }

  /** Keys in columns. */
  static String table(JsonNode keys) {
    var rows = new ArrayList<List<String>>();
    rows.add(HEADINGS);
    keys.forEach(key ->
        rows.add(
            List.of(
                shown(key, "id"),
                shown(key, "name"),
                shown(key, "status"),
                day(key, "expires_at", "never"),
                day(key, "last_used_at", "never"),
                shown(key, "product"),
                shown(key, "hint"))));
    return Columns.of(rows);
  }

  /** All that is known of one key. */
  static String details(JsonNode key) {
    var rows = new ArrayList<List<String>>();
    key.properties().forEach(field -> rows.add(List.of(field.getKey(), value(field.getValue()))));
    return Columns.of(rows);
  }

  private static String value(JsonNode value) {
    return value.isNull()
        ? "-"
        : value.isValueNode() ? Columns.safe(value.asText()) : value.toString();
  }

  private static String shown(JsonNode key, String field) {
    JsonNode value = key.path(field);
    return value.isTextual() ? Columns.safe(value.asText()) : "-";
  }

  private static String day(JsonNode key, String field, String none) {
    JsonNode value = key.path(field);
    return value.isTextual() ? value.asText().substring(0, 10) : none;
  }
}
