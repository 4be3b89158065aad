package dev.keyway.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** Whose key it is, in a line. */
final class Whoami {
  private Whoami() {}

  static String line(JsonNode me) {
    JsonNode key = me.path("key");
    if (key.isObject()) {
      return "%s%s of %s, %s, account %s%s"
          .formatted(
              key.path("id").asText(),
              key.path("name").isTextual()
                  ? " '" + Columns.safe(key.path("name").asText()) + "'"
                  : "",
              key.path("product").asText(),
              key.path("expires_at").isTextual()
                  ? "expires " + key.path("expires_at").asText()
                  : "does not expire",
              key.path("created_by").asText(),
              me.path("workspace").isObject()
                  ? ", workspace " + me.path("workspace").path("id").asText()
                  : "");
    }
    JsonNode operator = me.path("operator_key");
    return "operator key %s '%s'"
        .formatted(operator.path("id").asText(), operator.path("name").asText());
  }
}
