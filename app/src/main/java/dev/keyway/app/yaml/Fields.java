package dev.keyway.app.yaml;

import dev.keyway.app.yaml.YamlNode.Entry;
import dev.keyway.app.yaml.YamlNode.Mapping;
import dev.keyway.core.Nearest;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The fields of one mapping, read by name; a field that nobody asked for is a mistake. */
public final class Fields {
  private final Mapping mapping;
  private final Mistakes mistakes;

  /** The names asked for, and whether the field was missing. */
  private final Map<String, Presence> asked = new LinkedHashMap<>();

  private enum Presence {
    FINE,
    MISSING
  }

  Fields(Mapping mapping, Mistakes mistakes) {
    this.mapping = mapping;
    this.mistakes = mistakes;
  }

  /** A field that has to be there, and not null. */
  public <T> Value<T> required(String name, Form<T> form) {
    return read(name, form, Presence.MISSING);
  }

  /** A field that may be absent or null. */
  public <T> Value<T> optional(String name, Form<T> form) {
    return read(name, form, Presence.FINE);
  }

  private <T> Value<T> read(String name, Form<T> form, Presence ifAbsent) {
    Entry entry = mapping.entries().get(name);
    if (entry == null || entry.value().isNull()) {
      asked.put(name, ifAbsent);
      return new Value<>(null);
    }
    asked.put(name, Presence.FINE);
    return new Value<>(form.read(entry.value(), mistakes));
  }

  /** The names inside a field that is a mapping; none if it is absent or something else. */
  public Set<String> namesIn(String field) {
    Entry entry = mapping.entries().get(field);
    return entry != null && entry.value() instanceof Mapping inner
        ? inner.entries().keySet()
        : Set.of();
  }

  /** Records a mistake in the value of a field that is there. */
  public void mistake(String field, String text) {
    Entry entry = mapping.entries().get(field);
    if (entry == null) {
      mistakes.add(mapping, text);
    } else {
      mistakes.add(entry.value(), text);
    }
  }

  /** Records a mistake in a value inside a field that is a mapping. */
  public void mistakeIn(String field, String name, String text) {
    Entry entry = mapping.entries().get(field);
    Entry found =
        entry != null && entry.value() instanceof Mapping inner ? inner.entries().get(name) : null;
    if (found != null) {
      mistakes.add(found.value(), text);
    }
  }

  /** Whether a field is there and could not be read as this value. */
  public boolean isMistaken(String field, Value<?> value) {
    Entry entry = mapping.entries().get(field);
    return entry != null && !entry.value().isNull() && value.orNull() == null;
  }

  /** Reports what is unknown and what is missing, once all known fields have been asked for. */
  void end() {
    var meant = new HashSet<String>();
    mapping
        .entries()
        .forEach((name, entry) -> {
          if (!asked.containsKey(name)) {
            Nearest.to(name, asked.keySet()).ifPresent(meant::add);
            String where = mapping.path().isEmpty() ? "" : " in '" + mapping.path() + "'";
            mistakes.add(
                entry.line(),
                "unknown field '" + name + "'" + where + Nearest.hint(name, asked.keySet()));
          }
        });
    asked.forEach((name, presence) -> {
      // A misspelled field is one mistake, not also a missing one.
      if (presence == Presence.MISSING && !meant.contains(name)) {
        mistakes.add(mapping, "missing field '" + name + "'");
      }
    });
  }
}
