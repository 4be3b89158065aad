package dev.keyway.cli.mcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events (HTML Living Standard, 9.2) as far as MCP uses them: data and id. It may
 * read one connection after another; an event that was cut off counts for nothing.
 */
final class EventStream {
  private final Consumer<String> messages;
  private final StringBuilder data = new StringBuilder();
  private @Nullable String id;
  private @Nullable String lastId;

  EventStream(Consumer<String> messages) {
    this.messages = messages;
  }

  /** Reads to the end. */
  void read(InputStream in) throws IOException {
    data.setLength(0);
    id = lastId;
    var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      take(line);
    }
  }

  private void take(String line) {
    if (line.isEmpty()) {
      lastId = id;
      if (!data.isEmpty()) {
        messages.accept(data.toString());
        data.setLength(0);
      }
    } else if (line.startsWith("data:")) {
      data.append(data.isEmpty() ? "" : "\n").append(value(line));
    } else if (line.startsWith("id:")) {
      id = value(line);
    }
  }

  private static String value(String line) {
    String value = line.substring(line.indexOf(':') + 1);
    return value.startsWith(" ") ? value.substring(1) : value;
  }

  /** The id of the last whole event, from which a stream can be taken up again. */
  @Nullable String lastId() {
    return lastId;
  }
}
