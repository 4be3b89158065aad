package dev.keyway.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** Reads an object's values by their paths, such as {@code key.scope.id}, and writes a check. */
final class FlatJson {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private FlatJson() {}

  /**
   * The values of one object and of the objects in it; nulls and lists are left out.
   *
   * @throws IOException for anything but exactly one object
   */
  static Map<String, String> read(String text) throws IOException {
    Map<String, String> values = new HashMap<>();
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a JSON object");
      }
      readObject(parser, "", values);
      if (parser.nextToken() != null) {
        throw new IOException("more than one JSON value");
      }
    }
    return values;
  }

  private static void readObject(JsonParser parser, String path, Map<String, String> values)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = path + parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_OBJECT) {
        readObject(parser, name + ".", values);
      } else if (value == JsonToken.START_ARRAY) {
        parser.skipChildren();
      } else if (value != null && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
        values.put(name, parser.getText());
      }
    }
  }

  static String write(KeyCheck check) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("key", check.key());
      if (check.product() != null) {
        json.writeStringField("product", check.product());
      }
      if (check.resource() != null) {
        json.writeStringField("resource", check.resource());
      }
      json.writeBooleanField("count", check.isCounted());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
