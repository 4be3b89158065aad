package dev.keyway.bench.load;

import dev.keyway.bench.BenchException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The shape of a request, in whose headers and body {@value #KEY} stands for a key.
 *
 * @param headers lines {@code Name: value}
 * @param body one line, or empty for none
 */
public record RequestForm(String method, List<String> headers, String body) {
  /** What is replaced by a key. */
  public static final String KEY = "@KEY@";

  public RequestForm {
    headers = List.copyOf(headers);
  }

  /** A GET with the key as a bearer token. */
  public static RequestForm bearer() {
    return new RequestForm("GET", List.of("Authorization: Bearer " + KEY), "");
  }

  /** The same with a further header. */
  public RequestForm with(String name, String value) {
    var more = new ArrayList<>(headers);
    more.add(name + ": " + value);
    return new RequestForm(method, more, body);
  }

  /** The request as it is sent over HTTP/1.1. */
  public String text(URI target, String key) {
    var lines = new ArrayList<String>();
    lines.add("%s %s HTTP/1.1".formatted(method, target.getPath()));
    lines.add("Host: " + target.getAuthority());
    headers.forEach(header -> lines.add(header.replace(KEY, key)));
    String content = body.replace(KEY, key);
    if (!content.isEmpty()) {
      lines.add("Content-Length: " + content.length());
    }
    return String.join("\r\n", lines) + "\r\n\r\n" + content;
  }

  /**
   * Puts it into a file as wrk's script reads it; a request's secrets are no program's arguments.
   */
  void write(Path file) {
    var lines = new ArrayList<String>();
    lines.add(method);
    lines.addAll(headers);
    lines.add("");
    lines.add(body);
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new BenchException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /** Says the shape and no key that stands in a header. */
  @Override
  public String toString() {
    return "RequestForm[" + method + "]";
  }
}
