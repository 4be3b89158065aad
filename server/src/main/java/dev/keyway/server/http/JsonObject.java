package dev.keyway.server.http;

import dev.keyway.core.Page;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object being written: members keep their order, instants are RFC 3339 in UTC.
 *
 * <p>{@code toString} tells nothing: the object may hold a secret that is shown once.
 */
public final class JsonObject {
  private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

  /** A page of a list, {@code {data, next_cursor}}. */
  public static <T> JsonObject page(Page<T> page, Function<T, JsonObject> row) {
    var next = page.next();
    return new JsonObject()
        .putAll("data", page.data().stream().map(row).toList())
        .put("next_cursor", next == null ? null : next.encode());
  }

  public JsonObject put(String name, @Nullable String value) {
    members.put(name, value);
    return this;
  }

  public JsonObject put(String name, @Nullable Instant value) {
    members.put(name, value == null ? null : value.toString());
    return this;
  }

  public JsonObject put(String name, long value) {
    members.put(name, value);
    return this;
  }

  public JsonObject put(String name, @Nullable Integer value) {
    members.put(name, value);
    return this;
  }

  public JsonObject put(String name, boolean value) {
    members.put(name, value);
    return this;
  }

  public JsonObject put(String name, JsonObject value) {
    members.put(name, value.members);
    return this;
  }

  /** Adds an array of objects. */
  public JsonObject putAll(String name, List<JsonObject> values) {
    members.put(name, values.stream().map(value -> value.members).toList());
    return this;
  }

  /** Adds an array of texts. */
  public JsonObject putTexts(String name, List<String> values) {
    members.put(name, List.copyOf(values));
    return this;
  }

  /** Adds an array of numbers. */
  public JsonObject putNumbers(String name, List<Long> values) {
    members.put(name, List.copyOf(values));
    return this;
  }

  /** Adds a null. */
  public JsonObject putNull(String name) {
    members.put(name, null);
    return this;
  }

  /** Adds the member unless it is null. */
  public JsonObject putIfPresent(String name, @Nullable JsonObject value) {
    return value == null ? this : put(name, value);
  }

  /** Adds the member unless it is null. */
  public JsonObject putIfPresent(String name, @Nullable String value) {
    return value == null ? this : put(name, value);
  }

  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** A copy that can be changed without changing this one. */
  public JsonObject copy() {
    var copy = new JsonObject();
    copy.members.putAll(members);
    return copy;
  }

  /** The object in UTF-8. */
  public byte[] toBytes() {
    return Json.write(members);
  }

  @Override
  public String toString() {
    return "JsonObject[redacted]";
  }
}
