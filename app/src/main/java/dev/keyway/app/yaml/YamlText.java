package dev.keyway.app.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.keyway.app.yaml.YamlNode.Entry;
import dev.keyway.app.yaml.YamlNode.Kind;
import dev.keyway.app.yaml.YamlNode.Mapping;
import dev.keyway.app.yaml.YamlNode.Scalar;
import dev.keyway.app.yaml.YamlNode.Sequence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads one YAML document into nodes with positions.
 *
 * <p>Aliases and tags are refused: a file of settings gains nothing by them, and they make a line
 * mean something that is written elsewhere.
 */
final class YamlText {
  /** Without YAML 1.1's other words for true: "yes" and "on" are words that people mean as such. */
  private static final YAMLFactory FACTORY =
      YAMLFactory.builder().enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS).build();

  private final YAMLParser parser;
  private final Mistakes mistakes;

  private YamlText(YAMLParser parser, Mistakes mistakes) {
    this.parser = parser;
    this.mistakes = mistakes;
  }

  /**
   * Reads a document that is a mapping; an empty one is an empty mapping.
   *
   * @throws MistakesException when the text is no such YAML, as reading on would mislead
   */
  static Mapping read(String text, Mistakes mistakes) {
    try (YAMLParser parser = FACTORY.createParser(text)) {
      return new YamlText(parser, mistakes).document();
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      mistakes.add(line, "this is not YAML: " + reason(e));
      mistakes.throwIfAny();
      throw new IllegalStateException("unreachable", e);
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail to be read", e);
    }
  }

  /** Without the excerpt of the file that the library's own message has: it may hold a secret. */
  private static String reason(JsonProcessingException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof MarkedYAMLException marked && marked.getProblem() != null) {
        return marked.getProblem();
      }
    }
    return "the text cannot be read";
  }

  private Mapping document() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return new Mapping(1, "", Map.of());
    }
    if (!(node("") instanceof Mapping root)) {
      mistakes.add(1, "the file must be a mapping of fields, such as 'name: value'");
      mistakes.throwIfAny();
      throw new IllegalStateException("unreachable");
    }
    if (parser.nextToken() != null) {
      mistakes.add(line(), "a file holds one document; take out the line '---'");
    }
    return root;
  }

  private YamlNode node(String path) throws IOException {
    int line = line();
    if (parser.isCurrentAlias()) {
      mistakes.add(line, "aliases (*name) are not supported; write the value out");
    } else if (parser.getTypeId() != null) {
      mistakes.add(line, "tags (!name) are not supported");
    }
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> mapping(line, path);
      case START_ARRAY -> sequence(line, path);
      case VALUE_NULL -> new Scalar(line, path, Kind.NULL, "null");
      case VALUE_TRUE, VALUE_FALSE -> new Scalar(line, path, Kind.BOOLEAN, parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new Scalar(line, path, Kind.NUMBER, parser.getText());
      default -> new Scalar(line, path, Kind.TEXT, parser.getText());
    };
  }

  private Mapping mapping(int line, String path) throws IOException {
    var entries = new LinkedHashMap<String, Entry>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      int nameLine = line();
      parser.nextToken();
      var entry = new Entry(nameLine, node(path.isEmpty() ? name : path + "." + name));
      Entry earlier = entries.putIfAbsent(name, entry);
      if (earlier != null) {
        mistakes.add(
            nameLine,
            "field '%s' is given twice, first in line %d".formatted(name, earlier.line()));
      }
    }
    return new Mapping(line, path, entries);
  }

  private Sequence sequence(int line, String path) throws IOException {
    var items = new ArrayList<YamlNode>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(path + "[" + items.size() + "]"));
    }
    return new Sequence(line, path, items);
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }
}
