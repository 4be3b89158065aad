package dev.keyway.server.gateway;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A client that sends exactly the bytes a test says. */
final class RawClient implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends a head: the lines, then an empty one. */
  void send(String... lines) throws IOException {
    write(String.join("\r\n", lines) + "\r\n\r\n");
  }

  void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Sends a request with a Host header and reads the answer. */
  Answer ask(String line, String... headers) throws IOException {
    var head = new StringBuilder(line).append(" HTTP/1.1\r\nHost: gateway.test\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    write(head.append("\r\n").toString());
    return read(line.startsWith("HEAD "));
  }

  Answer read() throws IOException {
    return read(false);
  }

  List<String> readHead() throws IOException {
    return TestUpstream.readHead(in);
  }

  String read(int bytes) throws IOException {
    return new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1);
  }

  /** Reads the payload of one chunk. */
  String readChunk() throws IOException {
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
  int bytesUntilEnd() {
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
  boolean isAtEnd() {
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
  record Answer(List<String> head, String body) {
    int status() {
      return Integer.parseInt(head.getFirst().split(" ", -1)[1]);
    }

    @Nullable String header(String name) {
      List<String> values = headers(name);
      return values.isEmpty() ? null : values.getFirst();
    }

    List<String> headers(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      return head.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
          .map(line -> line.substring(start.length()).strip())
          .toList();
    }

    /** The problem's code; empty when the body is no problem. */
    String code() {
      int at = body.indexOf("\"code\":\"");
      return at < 0 ? "" : body.substring(at + 8, body.indexOf('"', at + 8));
    }
  }
}
