package dev.keyway.demo.machine;

import dev.keyway.demo.web.Json;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A virtual machine that an account rents. */
record Machine(String id, MachineOrder order, Instant createdAt) {

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = Json.ordered("id", id, "name", order.name());
    json.put("size", order.size());
    json.put("region", order.region());
    json.put("status", "running");
    json.put("created_at", createdAt.toString());
    return json;
  }
}
