package dev.keyway.server.door;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A client that sends exactly the bytes a test says. */
public final class RawClient implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  public RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends a head: the lines, then an empty one. */
  public void send(String... lines) throws IOException {
    write(String.join("\r\n", lines) + "\r\n\r\n");
  }

  public void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Sends a request with a Host header and reads the answer. */
  public Answer ask(String line, String... headers) throws IOException {
    var head = new StringBuilder(line).append(" HTTP/1.1\r\nHost: gateway.test\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    write(head.append("\r\n").toString());
    return read(line.startsWith("HEAD "));
  }

  public Answer read() throws IOException {
    return read(false);
  }

  public List<String> readHead() throws IOException {
    return readHead(in);
  }

  public String read(int bytes) throws IOException {
    return new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1);
  }

  /** Reads the lines of a head; none when the stream has ended. */
  public static List<String> readHead(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    var line = new StringBuilder();
    int c;
    while ((c = in.read()) >= 0) {
      if (c == '\n') {
        if (line.isEmpty()) {
          return lines;
        }
        lines.add(line.toString());
        line.setLength(0);
      } else if (c != '\r') {
        line.append((char) c);
      }
    }
    return List.of();
  }

  /** Reads the payload of one chunk. */
  public String readChunk() throws IOException {
    var size = new StringBuilder();
    int c;
    while ((c = in.read()) >= 0 && c != '\n') {
      size.append((char) c);
    }
    int length = Integer.parseInt(size.toString().strip(), 16);
    String chunk = read(length);
    read(2);
    return chunk;
  }

  /** How many bytes still come before the connection ends, however it ends. */
  public int bytesUntilEnd() {
    int count = 0;
    try {
      while (in.read() >= 0) {
        count++;
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the connection does not end", e);
    } catch (IOException e) {
      // An abort is an end.
    }
    return count;
  }

  /** Whether the connection ends without another byte. */
  public boolean isAtEnd() {
    return bytesUntilEnd() == 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private Answer read(boolean isHead) throws IOException {
    List<String> head = readHead();
    if (head.isEmpty()) {
      throw new IOException("the connection ended before an answer");
    }
    var answer = new Answer(head, "");
    String length = answer.header("Content-Length");
    if (isHead) {
      return answer;
    }
    if (length != null) {
      return new Answer(head, read(Integer.parseInt(length)));
    }
    if (answer.header("Transfer-Encoding") == null) {
      return answer;
    }
    var body = new StringBuilder();
    for (String chunk = readChunk(); !chunk.isEmpty(); chunk = readChunk()) {
      body.append(chunk);
    }
    return new Answer(head, body.toString());
  }

  /** An answer as it came. */
  public record Answer(List<String> head, String body) {
    public int status() {
      return Integer.parseInt(head.getFirst().split(" ", -1)[1]);
    }

    public @Nullable String header(String name) {
      List<String> values = headers(name);
      return values.isEmpty() ? null : values.getFirst();
    }

    public List<String> headers(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      return head.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
          .map(line -> line.substring(start.length()).strip())
          .toList();
    }

    /** The problem's code; empty when the body is no problem. */
    public String code() {
      int at = body.indexOf("\"code\":\"");
      return at < 0 ? "" : body.substring(at + 8, body.indexOf('"', at + 8));
    }
  }
}
