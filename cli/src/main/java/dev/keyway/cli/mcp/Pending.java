package dev.keyway.cli.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The requests of one message that were not answered yet. */
final class Pending {
  private final List<JsonNode> open;

  Pending(JsonNode message) {
    this.open = new ArrayList<>(Messages.requests(message));
  }

  /** Takes note of what a message answers. */
  void see(JsonNode message) {
    for (JsonNode one : message.isArray() ? message : List.of(message)) {
      if (one.has("result") || one.has("error")) {
        open.removeIf(request -> request.path("id").equals(one.path("id")));
      }
    }
  }

  List<JsonNode> open() {
    return List.copyOf(open);
  }
}
