package dev.keyway.server.http;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.keyway.core.RefusedException;
import dev.keyway.core.RefusedException.Invalid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests' JSON strictly into records and writes answers.
 *
 * <p>Refused are unknown and duplicate fields, trailing text, wrong types, text of numbers and
 * numbers for text, and text that no database keeps. The refusal names the field. {@code null}
 * equals absent.
 */
public final class Json {
  private static final int MAX_DEPTH = 16;
  private static final byte[] EMPTY_OBJECT = {'{', '}'};
  private static final Pattern DUPLICATE = Pattern.compile("Duplicate [^']{0,20}'([^']*)'");

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  // A buffer handed on would hand on the secret that was written through it.
                  .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  // Callers choose the names of fields; none of them is worth remembering.
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  // A parser's own message would otherwise quote the body, key and all.
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .addModule(new SimpleModule().addDeserializer(String.class, new StrictText()))
          .build();

  private Json() {}

  static <T> T read(byte[] body, Class<T> type) {
    try {
      @Nullable T value = MAPPER.readValue(body.length == 0 ? EMPTY_OBJECT : body, type);
      if (value == null) {
        throw Invalid.request("The body must be a JSON object.");
      }
      return value;
    } catch (JsonMappingException e) {
      throw refusal(e);
    } catch (JsonProcessingException e) {
      throw notJson(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Every text in a body and every name of a field, as far as the body is JSON. Nothing is refused.
   */
  public static List<Text> texts(byte[] body) {
    List<Text> texts = new ArrayList<>();
    try (JsonParser parser = MAPPER.createParser(body)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          texts.add(new Text("", parser.currentName()));
        } else if (token == JsonToken.VALUE_STRING) {
          texts.add(new Text(fieldOf(parser.getParsingContext()), parser.getText()));
        }
      }
    } catch (IOException e) {
      // No JSON from here on, which reading it as what it should be refuses.
    }
    return texts;
  }

  private static String fieldOf(JsonStreamContext context) {
    JsonStreamContext object = context.inArray() ? context.getParent() : context;
    String name = object == null ? null : object.getCurrentName();
    return name == null ? "" : name;
  }

  /** The body as a tree; null when it is no JSON object. Nothing is refused. */
  public static @Nullable JsonNode peek(byte[] body) {
    try {
      JsonNode tree = MAPPER.readTree(body);
      return tree != null && tree.isObject() ? tree : null;
    } catch (IOException e) {
      return null;
    }
  }

  static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RefusedException refusal(JsonMappingException e) {
    String field = field(e.getPath());
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          Invalid.request(
              "'%s' is no field of this call.%s"
                  .formatted(
                      UnknownName.shown(field),
                      UnknownName.hint(unknown.getPropertyName(), known(unknown))));
      case StrictText.Unacceptable text when field.equals("name") ->
          Invalid.name("'name' " + text.getOriginalMessage());
      case StrictText.Unacceptable text ->
          Invalid.request("'" + field + "' " + text.getOriginalMessage());
      case MismatchedInputException mismatch when field.isEmpty() ->
          Invalid.request("The body must be a JSON object and nothing after it.");
      case MismatchedInputException mismatch ->
          Invalid.request("'" + field + "' must be " + wanted(mismatch.getTargetType()) + ".");
      default -> notJson(e);
    };
  }

  /** Says where, not what: the parser's own message can quote a key that stands in the body. */
  private static RefusedException notJson(JsonProcessingException e) {
    Matcher duplicate = DUPLICATE.matcher(e.getOriginalMessage());
    if (duplicate.lookingAt()) {
      return Invalid.request("'" + UnknownName.shown(duplicate.group(1)) + "' was given twice.");
    }
    var at = e.getLocation();
    return Invalid.request(
        at == null
            ? "The body is not JSON."
            : "The body is not JSON (line %d, column %d)."
                .formatted(at.getLineNr(), at.getColumnNr()));
  }

  /**
   * A text found in a body.
   *
   * @param field whose value it is; empty for a name of a field and outside all fields
   */
  public record Text(String field, String value) {
    @Override
    public String toString() {
      return "Text[redacted]";
    }
  }

  private static List<String> known(UnrecognizedPropertyException e) {
    var ids = e.getKnownPropertyIds();
    return ids == null ? List.of() : ids.stream().map(String::valueOf).toList();
  }

  private static String field(List<JsonMappingException.Reference> path) {
    var name = new StringBuilder();
    for (JsonMappingException.Reference part : path) {
      if (part.getFieldName() != null) {
        name.append(name.isEmpty() ? "" : ".").append(part.getFieldName());
      }
    }
    return name.toString();
  }

  private static String wanted(@Nullable Class<?> type) {
    if (type == null) {
      return "of another type";
    }
    if (type == String.class) {
      return "a text";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    return List.class.isAssignableFrom(type) ? "an array of texts" : "a number";
  }
}
