package dev.keyway.conformance.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An upstream over plain sockets that keeps every request as received and answers as each test
 * scripts it.
 */
public final class WireUpstream implements AutoCloseable {

  /** How a test answers the requests of one path. */
  @FunctionalInterface
  public interface Script {
    void answer(WireMessage request, Wire wire) throws IOException;
  }

  /** The upstream's end of one connection. */
  public static final class Wire {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private Wire(Socket socket, InputStream in) throws IOException {
      this.socket = socket;
      this.in = in;
      this.out = socket.getOutputStream();
    }

    /** Sends text at once, as UTF-8. */
    public void send(String text) throws IOException {
      send(text.getBytes(UTF_8));
    }

    /** Sends bytes at once. */
    public void send(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    /** Sends one chunk of a chunked body at once. */
    public void chunk(String text) throws IOException {
      send(Integer.toHexString(text.getBytes(UTF_8).length) + "\r\n" + text + "\r\n");
    }

    /** Sends a whole answer with a length. */
    public void respond(int status, String mediaType, String body, String... fields)
        throws IOException {
      byte[] bytes = body.getBytes(UTF_8);
      StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
      head.append("Content-Type: ")
          .append(mediaType)
          .append("\r\nContent-Length: ")
          .append(bytes.length)
          .append("\r\n");
      for (String field : fields) {
        head.append(field).append("\r\n");
      }
      send(head.append("\r\n").toString());
      send(bytes);
    }

    /** True when the gateway ends or breaks this connection now. */
    public boolean isCut() {
      return RawConnection.isCut(socket, in);
    }
  }

  private final ServerSocket server;
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final Map<String, BlockingQueue<WireMessage>> received = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private volatile Script fallback =
      (_, wire) -> wire.respond(404, "text/plain", "no script for this path");

  private WireUpstream(ServerSocket server) {
    this.server = server;
  }

  /** Starts on a free loopback port. */
  public static WireUpstream start() {
    try {
      WireUpstream upstream =
          new WireUpstream(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().name("wire-upstream").start(upstream::accept);
      return upstream;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where this upstream listens. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** Scripts the answer to every request whose path, without its query, is this one. */
  public void on(String path, Script script) {
    received.put(path, new LinkedBlockingQueue<>());
    scripts.put(path, script);
  }

  /** Scripts the answer to every request that {@link #on} says nothing of. */
  public void otherwise(Script script) {
    fallback = script;
  }

  /** How many requests it has received, at whatever path. */
  public int count() {
    return count.get();
  }

  /** The next request received at the path; fails when none comes. */
  public WireMessage next(String path) {
    try {
      WireMessage request = queue(path).poll(20, TimeUnit.SECONDS);
      if (request == null) {
        throw new AssertionError("no request reached the upstream at " + path);
      }
      return request;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** How many requests reached the path and were not yet taken by {@link #next}. */
  public int waiting(String path) {
    return queue(path).size();
  }

  private BlockingQueue<WireMessage> queue(String path) {
    return received.computeIfAbsent(path, _ -> new LinkedBlockingQueue<>());
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> converse(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void converse(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      Wire wire = new Wire(socket, in);
      while (true) {
        WireMessage request = WireMessage.readHead(in).readBody(in, false);
        String path = request.target().split("\\?", 2)[0];
        count.incrementAndGet();
        queue(path).add(request);
        scripts.getOrDefault(path, fallback).answer(request, wire);
      }
    } catch (IOException e) {
      // The gateway ended or broke the connection; tests see that by isCut or by the bytes they
      // got.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
