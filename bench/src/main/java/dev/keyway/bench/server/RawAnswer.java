package dev.keyway.bench.server;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.load.RequestForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An HTTP/1.1 answer as the bytes on the wire, with a Content-Length body (RFC 9112). */
public final class RawAnswer {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

  private final byte[] head;
  private final byte[] body;

  RawAnswer(byte[] head, byte[] body) {
    this.head = head.clone();
    this.body = body.clone();
  }

  /** One header field as it was written. */
  public record Header(String name, String value) {}

  /** Asks with a key, over a connection of its own, as wrk does. */
  public static RawAnswer to(URI target, RequestForm form, String key, Certificate certificate) {
    try (var socket = certificate.connect(target)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write(form.text(target, key).getBytes(StandardCharsets.ISO_8859_1));
      return read(socket.getInputStream());
    } catch (IOException e) {
      throw new BenchException("no answer from " + target + ": " + e.getMessage(), e);
    }
  }

  /** Reads one answer and leaves what follows. */
  public static RawAnswer read(InputStream in) throws IOException {
    byte[] head = head(in);
    var answer = new RawAnswer(head, new byte[0]);
    String length = null;
    for (Header header : answer.headers()) {
      if (header.name().equalsIgnoreCase("content-length")) {
        length = header.value();
      }
    }
    if (length == null) {
      throw new IOException("the answer has no Content-Length: " + answer.statusLine());
    }
    byte[] body = in.readNBytes(Integer.parseInt(length));
    if (body.length < Integer.parseInt(length)) {
      throw new IOException("the answer ended early");
    }
    return new RawAnswer(head, body);
  }

  private static byte[] head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < HEAD_END.length) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the connection ended within the head of an answer");
      }
      head.write(next);
      matched = next == HEAD_END[matched] ? matched + 1 : next == HEAD_END[0] ? 1 : 0;
    }
    return head.toByteArray();
  }

  /** The whole answer. */
  public byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head);
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  public byte[] body() {
    return body.clone();
  }

  public int status() {
    String[] parts = statusLine().split(" ", 3);
    return Integer.parseInt(parts[1]);
  }

  public List<Header> headers() {
    var headers = new ArrayList<Header>();
    for (String line : headLines().subList(1, headLines().size())) {
      int colon = line.indexOf(':');
      headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return headers;
  }

  private String statusLine() {
    return headLines().getFirst();
  }

  private List<String> headLines() {
    return new String(head, StandardCharsets.ISO_8859_1)
        .lines()
        .filter(line -> !line.isEmpty())
        .toList();
  }
}
