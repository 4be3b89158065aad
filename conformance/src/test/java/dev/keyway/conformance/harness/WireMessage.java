package dev.keyway.conformance.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An HTTP/1.1 message as it crossed the wire: nothing folded, sorted or joined.
 *
 * @param startLine the request line or the status line
 * @param fields the header fields in order, each {@code Name: value} as received
 * @param body the body, one character a byte, with a chunked one put together
 */
public record WireMessage(String startLine, List<String> fields, String body) {

  static WireMessage readHead(InputStream in) throws IOException {
    String start = line(in);
    List<String> fields = new ArrayList<>();
    for (String field = line(in); !field.isEmpty(); field = line(in)) {
      fields.add(field);
    }
    return new WireMessage(start, List.copyOf(fields), "");
  }

  WireMessage readBody(InputStream in, boolean untilClosed) throws IOException {
    return new WireMessage(startLine, fields, new String(bodyOf(in, untilClosed), ISO_8859_1));
  }

  private byte[] bodyOf(InputStream in, boolean untilClosed) throws IOException {
    if (header("Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent()) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (byte[] chunk = readChunk(in); chunk.length > 0; chunk = readChunk(in)) {
        all.write(chunk);
      }
      return all.toByteArray();
    }
    Optional<String> length = header("Content-Length");
    if (length.isPresent()) {
      return in.readNBytes(Integer.parseInt(length.get()));
    }
    boolean bodiless =
        startLine.contains(" 204 ")
            || startLine.contains(" 304 ")
            || !startLine.startsWith("HTTP/");
    return bodiless || !untilClosed ? new byte[0] : in.readAllBytes();
  }

  static byte[] readChunk(InputStream in) throws IOException {
    int size = Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
    byte[] chunk = in.readNBytes(size);
    line(in);
    return chunk;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException(
            "the connection ended inside a message: " + line.toString(ISO_8859_1));
      }
      line.write(b);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  /** The status code of an answer. */
  public int status() {
    return Integer.parseInt(startLine.split(" ", 3)[1]);
  }

  /** The method of a request. */
  public String method() {
    return startLine.split(" ", 3)[0];
  }

  /** The target of a request: path and query as sent. */
  public String target() {
    return startLine.split(" ", 3)[1];
  }

  /** The value of the first field of this name, in any case. */
  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  /** The values of all fields of this name, in any case, in order. */
  public List<String> headers(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return fields.stream()
        .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(start))
        .map(field -> field.substring(start.length()).strip())
        .toList();
  }

  /** The body as UTF-8 text. */
  public String text() {
    return new String(body.getBytes(ISO_8859_1), UTF_8);
  }

  /** The {@code code} of a problem. */
  public String code() {
    return Json.read(text()).at("/code").asText();
  }
}
