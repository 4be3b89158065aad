package dev.keyway.server.http;

import io.vertx.core.MultiMap;
import java.util.List;

/** The lines of one header field. Most that are asked for are absent, and then nothing is made. */
public final class FieldLines {
  private FieldLines() {}

  /** The values of every line of that name, in order. */
  public static List<String> of(MultiMap headers, CharSequence name) {
    return headers.contains(name) ? headers.getAll(name) : List.of();
  }
}
