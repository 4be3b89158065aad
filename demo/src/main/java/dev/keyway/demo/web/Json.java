package dev.keyway.demo.web;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON text to and from plain maps, lists and values, by the MCP SDK's own mapper. */
public final class Json {

  private static final McpJsonMapper MAPPER = McpJsonDefaults.getMapper();
  private static final TypeRef<LinkedHashMap<String, @Nullable Object>> OBJECT = new TypeRef<>() {};

  private Json() {}

  /** The JSON text of a value; maps keep their order. */
  public static String text(@Nullable Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The object in a UTF-8 text; empty when the text is not one JSON object. */
  public static Optional<Map<String, @Nullable Object>> object(byte[] text) {
    try {
      return Optional.ofNullable(MAPPER.readValue(text, OBJECT));
    } catch (IOException | RuntimeException e) {
      // Jackson 3 throws unchecked; either way the text is no object.
      return Optional.empty();
    }
  }

  /** The object in a text; empty when the text is not one JSON object. */
  public static Optional<Map<String, @Nullable Object>> object(String text) {
    return object(text.getBytes(StandardCharsets.UTF_8));
  }

  /** An object of two members, in this order. */
  public static Map<String, @Nullable Object> ordered(
      String name1, @Nullable Object value1, String name2, @Nullable Object value2) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put(name1, value1);
    object.put(name2, value2);
    return object;
  }
}
