package dev.keyway.demo.machine;

import dev.keyway.demo.web.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a client asks for when it creates a machine, checked. */
record MachineOrder(String name, String size, String region) {

  private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final List<String> SIZES = List.of("small", "medium", "large");
  private static final List<String> REGIONS = List.of("eu-central", "eu-north", "us-east");
  private static final Set<String> MEMBERS = Set.of("name", "size", "region");

  /** Reads an order from JSON; the first fault is refused, by name. */
  static MachineOrder of(Map<String, @Nullable Object> json) {
    Set<String> unknown = new TreeSet<>(json.keySet());
    unknown.removeAll(MEMBERS);
    if (!unknown.isEmpty()) {
      throw invalid("There is no member \"" + String.join("\", \"", unknown) + "\".");
    }
    return new MachineOrder(
        name(json.get("name")),
        choice("size", json.get("size"), SIZES),
        choice("region", json.get("region"), REGIONS));
  }

  private static String name(@Nullable Object value) {
    if (value instanceof String name && NAME.matcher(name).matches()) {
      return name;
    }
    throw invalid(
        "The member \"name\" must be 1 to 63 of a-z, 0-9 and -, begin with a letter and not end"
            + " with a hyphen.");
  }

  private static String choice(String member, @Nullable Object value, List<String> choices) {
    if (value == null) {
      return choices.getFirst();
    }
    if (value instanceof String text && choices.contains(text)) {
      return text;
    }
    throw invalid(
        "The member \"" + member + "\" must be one of " + String.join(", ", choices) + ".");
  }

  private static Refusal invalid(String message) {
    return Refusal.of(400, "invalid_machine", message);
  }
}
