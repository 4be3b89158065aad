package dev.keyway.bench.server;

import dev.keyway.bench.BenchException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A configuration with places such as {@code @PORT@} that are filled in. */
public record Template(String text) {
  /** Reads one that lies beside this class. */
  static Template read(String name) {
    return read(Template.class, name);
  }

  /** Reads one that lies beside a class. */
  public static Template read(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing in the jar");
      }
      return new Template(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new BenchException("cannot read " + name, e);
    }
  }

  public String fill(Map<String, String> values) {
    String filled = text;
    for (var value : values.entrySet()) {
      filled = filled.replace(value.getKey(), value.getValue());
    }
    return filled;
  }
}
