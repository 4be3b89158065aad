package dev.keyway.server.gateway;

import dev.keyway.server.door.RawClient;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An upstream of plain sockets: it shows every byte of a request's head, and a test says byte for
 * byte what it answers. Each connection has its own virtual thread.
 */
final class TestUpstream implements AutoCloseable {
  /** Answers a request, whose body it may read, and says whether the connection goes on. */
  interface Script {
    void play(Conversation conversation) throws IOException, InterruptedException;
  }

  static final Script OK =
      conversation -> {
        conversation.readBody();
        conversation.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      };

  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Conversation> conversations = new LinkedBlockingQueue<>();
  private volatile Script script = OK;

  TestUpstream() throws IOException {
    server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** How many connections the gateway holds open. */
  long openConnections() {
    return sockets.stream().filter(socket -> !socket.isClosed()).count();
  }

  /** Waits until the gateway holds no connection; fails when it keeps one. */
  void awaitNoConnections() throws InterruptedException {
    var pause = new CountDownLatch(1);
    for (int i = 0; i < 500 && openConnections() > 0; i++) {
      if (pause.await(10, TimeUnit.MILLISECONDS)) {
        return;
      }
    }
    if (openConnections() > 0) {
      throw new AssertionError(openConnections() + " connections are left open");
    }
  }

  void script(Script next) {
    script = next;
  }

  /** The next request that came; fails when none comes. */
  Conversation next() throws InterruptedException {
    Conversation next = conversations.poll(5, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("no request reached the upstream");
    }
    return next;
  }

  /** Whether a request has come that nobody has asked for yet. */
  boolean wasReached() {
    return !conversations.isEmpty();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        List<String> head = RawClient.readHead(in);
        if (head.isEmpty()) {
          return;
        }
        var conversation = new Conversation(head, in, socket);
        conversations.add(conversation);
        script.play(conversation);
        if (socket.isClosed()) {
          return;
        }
      }
    } catch (IOException e) {
      // The gateway went away, which is what some tests are about.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One request and the connection it came on. */
  record Conversation(List<String> head, InputStream in, Socket socket) {
    String line() {
      return head.getFirst();
    }

    @Nullable String header(String name) {
      List<String> values = headers(name);
      return values.isEmpty() ? null : values.getFirst();
    }

    List<String> headers(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      return head.stream()
          .skip(1)
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
          .map(line -> line.substring(start.length()).strip())
          .toList();
    }

    String readBody() throws IOException {
      String length = header("Content-Length");
      if (length != null) {
        return new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
      }
      return header("Transfer-Encoding") == null ? "" : readChunks();
    }

    private String readChunks() throws IOException {
      var body = new StringBuilder();
      while (true) {
        String size = readLine();
        int length = Integer.parseInt(size, 16);
        body.append(new String(in.readNBytes(length), StandardCharsets.UTF_8));
        readLine();
        if (length == 0) {
          return body.toString();
        }
      }
    }

    private String readLine() throws IOException {
      var line = new StringBuilder();
      int c;
      while ((c = in.read()) >= 0 && c != '\n') {
        if (c != '\r') {
          line.append((char) c);
        }
      }
      return line.toString();
    }

    void write(String text) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    /** Writes a head: the lines, then an empty one. */
    void answer(String... lines) throws IOException {
      write(String.join("\r\n", lines) + "\r\n\r\n");
    }

    /** Writes a chunk of a chunked body. */
    void chunk(String text) throws IOException {
      write(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    /** Blocks until the gateway closes the connection; what still comes is dropped. */
    void awaitClose() {
      try {
        while (in.read() >= 0) {
          // Until the end.
        }
      } catch (IOException e) {
        // An abort is a close as well.
      }
    }
  }
}
