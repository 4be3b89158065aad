package dev.keyway.app.yaml;

import dev.keyway.app.yaml.YamlNode.Kind;
import dev.keyway.app.yaml.YamlNode.Mapping;
import dev.keyway.app.yaml.YamlNode.Scalar;
import dev.keyway.app.yaml.YamlNode.Sequence;
import dev.keyway.core.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The forms of values that profiles and settings have in common. */
public final class Forms {
  /** Text of at least one character. A number or true has to be quoted to be one. */
  public static final Form<String> TEXT = Forms::text;

  public static final Form<Boolean> BOOLEAN = Forms::yesOrNo;

  /** A Java regular expression. */
  public static final Form<Pattern> REGEX = Forms::regex;

  private Forms() {}

  /** A whole number between two bounds, both included. */
  public static Form<Integer> number(int least, int greatest) {
    Form<Long> form = longNumber(least, greatest);
    return (node, mistakes) -> {
      Long number = form.read(node, mistakes);
      return number == null ? null : number.intValue();
    };
  }

  /** A whole number between two bounds, both included, beyond what 32 bits hold. */
  public static Form<Long> longNumber(long least, long greatest) {
    return (node, mistakes) -> {
      if (node instanceof Scalar scalar && scalar.text().matches("-?[0-9]{1,18}")) {
        long number = Long.parseLong(scalar.text());
        if (number >= least && number <= greatest) {
          return number;
        }
      }
      mistakes.wrong(node, "must be a whole number from %d to %d".formatted(least, greatest));
      return null;
    };
  }

  /** A duration such as {@code 500ms}, {@code 1m} or {@code 7d}, between two bounds. */
  public static Form<Duration> duration(String least, String greatest) {
    return (node, mistakes) -> {
      Duration read = node instanceof Scalar scalar ? Durations.parse(scalar.text()) : null;
      if (read == null) {
        mistakes.wrong(node, "must be a duration such as 500ms, 30s, 1m, 12h or 7d");
        return null;
      }
      if (read.compareTo(bound(least)) < 0 || read.compareTo(bound(greatest)) > 0) {
        mistakes.wrong(node, "must be from " + least + " to " + greatest);
        return null;
      }
      return read;
    };
  }

  private static Duration bound(String text) {
    Duration bound = Durations.parse(text);
    if (bound == null) {
      throw new IllegalArgumentException("no duration: " + text);
    }
    return bound;
  }

  /** Text that matches as a whole. */
  public static Form<String> matching(String regex, String rule) {
    Pattern pattern = Pattern.compile(regex);
    return (node, mistakes) -> {
      String text = text(node, mistakes);
      if (text == null || pattern.matcher(text).matches()) {
        return text;
      }
      mistakes.wrong(node, "must be " + rule);
      return null;
    };
  }

  /** One of a few words: an enum's constants in lower case, in their order. */
  public static <E extends Enum<E>> Form<E> oneOf(Class<E> type) {
    var words = new LinkedHashMap<String, E>();
    for (E constant : type.getEnumConstants()) {
      words.put(constant.name().toLowerCase(Locale.ROOT), constant);
    }
    return oneOf(words);
  }

  /** One of a few words. */
  public static Form<String> oneOf(List<String> words) {
    var same = new LinkedHashMap<String, String>();
    words.forEach(word -> same.put(word, word));
    return oneOf(same);
  }

  /** One of a few words, and what each stands for. */
  public static <T> Form<T> oneOf(SequencedMap<String, T> words) {
    return (node, mistakes) -> {
      String text = node instanceof Scalar scalar ? scalar.text() : "";
      T found = words.get(text);
      if (found == null) {
        String likely =
            Nearest.to(text, words.keySet())
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("");
        String all = String.join(", ", words.keySet());
        mistakes.wrong(
            node, words.size() == 1 ? "must be " + all : "must be one of " + all, likely);
      }
      return found;
    };
  }

  /** A list, all of one form; every mistaken item is reported. */
  public static <T> Form<List<T>> listOf(Form<T> form) {
    return (node, mistakes) -> {
      if (!(node instanceof Sequence sequence)) {
        mistakes.wrong(node, "must be a list, such as [one, two]");
        return null;
      }
      var read = new ArrayList<T>();
      for (YamlNode item : sequence.items()) {
        T value = form.read(item, mistakes);
        if (value != null) {
          read.add(value);
        }
      }
      return read.size() == sequence.items().size() ? List.copyOf(read) : null;
    };
  }

  /** A list with at least one item. */
  public static <T> Form<List<T>> filledListOf(Form<T> form) {
    Form<List<T>> list = listOf(form);
    return (node, mistakes) -> {
      if (node instanceof Sequence sequence && sequence.items().isEmpty()) {
        mistakes.add(node, "must name at least one");
        return null;
      }
      return list.read(node, mistakes);
    };
  }

  /** Values by a name that the author chooses; {@code form} is made for each name. */
  public static <T> Form<Map<String, T>> mapOf(Form<String> names, Function<String, Form<T>> form) {
    return (node, mistakes) -> {
      if (!(node instanceof Mapping mapping)) {
        mistakes.wrong(node, "must be a mapping, such as {name: value}");
        return null;
      }
      int before = mistakes.count();
      var read = new LinkedHashMap<String, T>();
      mapping
          .entries()
          .forEach((name, entry) -> {
            var label = new Scalar(entry.line(), entry.value().path(), Kind.TEXT, name);
            String checked = names.read(label, mistakes);
            T value = checked == null ? null : form.apply(checked).read(entry.value(), mistakes);
            if (checked != null && value != null) {
              read.put(checked, value);
            }
          });
      return mistakes.count() == before ? read : null;
    };
  }

  /**
   * A mapping with known fields.
   *
   * @param reader asks for all fields and says how the result is made of them; it is made only if
   *     no field was mistaken
   */
  public static <T> Form<T> section(Function<Fields, Supplier<T>> reader) {
    return (node, mistakes) -> {
      if (!(node instanceof Mapping mapping)) {
        mistakes.wrong(node, "must be a mapping of fields, such as {name: value}");
        return null;
      }
      int before = mistakes.count();
      var fields = new Fields(mapping, mistakes);
      Supplier<T> made = reader.apply(fields);
      fields.end();
      return mistakes.count() == before ? made.get() : null;
    };
  }

  private static @Nullable String text(YamlNode node, Mistakes mistakes) {
    if (!(node instanceof Scalar scalar)) {
      mistakes.wrong(node, "must be text");
      return null;
    }
    if (scalar.kind() != Kind.TEXT) {
      mistakes.add(node, "must be text; write \"%s\" in quotes".formatted(scalar.text()));
      return null;
    }
    if (scalar.text().isBlank()) {
      mistakes.wrong(node, "must not be blank");
      return null;
    }
    return scalar.text();
  }

  private static @Nullable Boolean yesOrNo(YamlNode node, Mistakes mistakes) {
    if (node instanceof Scalar scalar && scalar.kind() == Kind.BOOLEAN) {
      return Boolean.valueOf(scalar.text());
    }
    mistakes.wrong(node, "must be true or false");
    return null;
  }

  private static @Nullable Pattern regex(YamlNode node, Mistakes mistakes) {
    String text = text(node, mistakes);
    if (text == null) {
      return null;
    }
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      mistakes.wrong(node, "must be a regular expression (" + e.getDescription() + ")");
      return null;
    }
  }
}
