package dev.keyway.client.stub;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A server whose every answer is written by the test, byte by byte. */
public final class StubServer implements AutoCloseable {

  /** Answers one request; what it leaves open is used for the next one. */
  public interface Script {
    void answer(Seen seen, Socket connection) throws IOException;
  }

  /**
   * A request as it came.
   *
   * @param fields lines of the head after the first
   */
  public record Seen(String line, List<String> fields, String body) {

    /** The values of a field, in their order. */
    public List<String> all(String name) {
      return fields.stream()
          .filter(field -> field.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(field -> field.substring(name.length() + 1).strip())
          .toList();
    }

    /** The first value of a field, or nothing. */
    public String first(String name) {
      return all(name).stream().findFirst().orElse("");
    }
  }

  private final ServerSocket listener;
  private final Queue<Socket> connections = new ConcurrentLinkedQueue<>();
  private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
  private volatile Script script;

  private StubServer(ServerSocket listener, Script script) {
    this.listener = listener;
    this.script = script;
  }

  /** Starts at a free port. */
  public static StubServer start(Script script) {
    try {
      var server =
          new StubServer(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), script);
      run(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A script that answers the same text to everyone. */
  public static Script text(String answer) {
    return (request, connection) -> write(connection, answer);
  }

  /** Writes some bytes of an answer. */
  public static void write(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(ISO_8859_1));
    connection.getOutputStream().flush();
  }

  /** Answers otherwise from now on. */
  public void script(Script next) {
    script = next;
  }

  public String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /** All requests so far, in their order. */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = listener.accept();
        connections.add(connection);
        run(() -> serve(connection));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      while (!connection.isClosed()) {
        Seen request = read(in);
        if (request == null) {
          return;
        }
        seen.add(request);
        script.answer(request, connection);
      }
    } catch (IOException gone) {
      // Clients that give up are part of the tests.
    }
  }

  private static @Nullable Seen read(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      lines.add(line);
    }
    if (lines.isEmpty()) {
      return null;
    }
    var head = new Seen(lines.get(0), lines.subList(1, lines.size()), "");
    String length = head.first("Content-Length");
    byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
    return new Seen(head.line(), head.fields(), new String(body, ISO_8859_1));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  private static void run(Runnable work) {
    Thread thread = new Thread(work, "stub");
    thread.setDaemon(true);
    thread.start();
  }

  /** Stops listening and cuts every connection. */
  @Override
  public void close() {
    try {
      listener.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
