package dev.keyway.cli.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills the placeholders of the data file, each for the place that it stands in: a word of a shell,
 * a string, an address.
 */
final class Template {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{([a-z_]+(?:\\|[a-z0-9]+)*)\\}\\}");
  private static final Pattern ALONE = Pattern.compile("\\{\\{[a-z_]+\\}\\}");

  /** What a shell reads as one word with no second meaning. */
  private static final Pattern POSIX_WORD = Pattern.compile("[A-Za-z0-9_./:@%+,=-]+");

  private static final Pattern POWERSHELL_WORD = Pattern.compile("[A-Za-z0-9_./:-]+");
  private static final Pattern TOML_BARE_KEY = Pattern.compile("[A-Za-z0-9_-]+");

  private final Map<String, String> values;
  private final boolean isPowerShell;

  Template(Map<String, String> values, boolean isPowerShell) {
    this.values = values;
    this.isPowerShell = isPowerShell;
  }

  /**
   * Fills a text.
   *
   * @throws IllegalStateException for a placeholder or filter that does not exist: a fault of the
   *     data file
   */
  String fill(String text) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(filled(match.group(1))));
  }

  private String filled(String inner) {
    String[] parts = inner.split("\\|", -1);
    String value = values.get(parts[0]);
    if (value == null) {
      throw unknown(parts[0]);
    }
    for (int i = 1; i < parts.length; i++) {
      value = filtered(value, parts[i]);
    }
    return value;
  }

  private String filtered(String value, String filter) {
    return switch (filter) {
      case "word" -> word().matcher(value).matches() ? value : quoted(value);
      case "quote" -> quoted(value);
      case "string" -> doubleQuoted(value);
      case "tomlkey" -> TOML_BARE_KEY.matcher(value).matches() ? value : doubleQuoted(value);
      case "uri" -> Percent.encoded(value);
      case "base64" -> Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
      default -> throw unknown(filter);
    };
  }

  private static IllegalStateException unknown(String name) {
    return new IllegalStateException(
        "connect/clients.json names '" + name + "', which does not exist");
  }

  private Pattern word() {
    return isPowerShell ? POWERSHELL_WORD : POSIX_WORD;
  }

  private String quoted(String value) {
    return "'" + value.replace("'", isPowerShell ? "''" : "'\\''") + "'";
  }

  /**
   * JSON, TOML and YAML all read this alike: their common escapes, and nothing that one refuses.
   */
  private static String doubleQuoted(String value) {
    var text = new StringBuilder("\"");
    value.chars().forEach(c -> text.append(escaped((char) c)));
    return text.append('"').toString();
  }

  private static String escaped(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\b' -> "\\b";
      case '\t' -> "\\t";
      case '\n' -> "\\n";
      case '\f' -> "\\f";
      case '\r' -> "\\r";
      default ->
          Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || c == '\ufeff'
              ? "\\u%04x".formatted((int) c)
              : String.valueOf(c);
    };
  }

  /**
   * Fills the strings and names of a JSON value. What is one placeholder and becomes empty is left
   * out, and so is what that leaves empty; null when nothing is left.
   */
  @Nullable JsonNode fill(JsonNode node) {
    return switch (node) {
      case TextNode text -> fillText(text.textValue());
      case ArrayNode array -> fillArray(array);
      case ObjectNode object -> fillObject(object);
      default -> node;
    };
  }

  private @Nullable JsonNode fillText(String text) {
    String filled = fill(text);
    return filled.isEmpty() && ALONE.matcher(text).matches() ? null : TextNode.valueOf(filled);
  }

  private @Nullable JsonNode fillArray(ArrayNode array) {
    ArrayNode filled = JsonNodeFactory.instance.arrayNode();
    for (JsonNode item : array) {
      JsonNode one = fill(item);
      if (one != null) {
        filled.add(one);
      }
    }
    return filled.isEmpty() && !array.isEmpty() ? null : filled;
  }

  private @Nullable JsonNode fillObject(ObjectNode object) {
    ObjectNode filled = JsonNodeFactory.instance.objectNode();
    object
        .properties()
        .forEach(field -> {
          JsonNode one = fill(field.getValue());
          if (one != null) {
            filled.set(fill(field.getKey()), one);
          }
        });
    return filled.isEmpty() && !object.isEmpty() ? null : filled;
  }
}
