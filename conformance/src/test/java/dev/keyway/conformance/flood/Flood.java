package dev.keyway.conformance.flood;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Requests with keys from a supplier, so many a second, on keep-alive connections from loopback
 * addresses of their own, until it is closed. A connection that ends is made anew.
 */
final class Flood implements AutoCloseable {
  /** Sent at once, to spare this machine the calls of the operating system. */
  private static final int BATCH = 16;

  private static final int PATIENCE_MILLIS = 20_000;

  private final URI gateway;
  private final String path;
  private final Supplier<String> keys;
  private final List<Thread> threads = new ArrayList<>();
  private final ConcurrentMap<String, LongAdder> outcomes = new ConcurrentHashMap<>();
  private final LongAdder broken = new LongAdder();
  private volatile boolean isOver;

  /**
   * Begins.
   *
   * @param perSecond requests of all connections together
   */
  Flood(URI gateway, String path, Supplier<String> keys, int connections, int perSecond) {
    this.gateway = gateway;
    this.path = path;
    this.keys = keys;
    long batchNanos = TimeUnit.SECONDS.toNanos(1) * BATCH * connections / perSecond;
    for (int i = 0; i < connections; i++) {
      String from = "127.0.0." + (2 + i);
      threads.add(Thread.ofPlatform().daemon().name("flood").start(() -> run(from, batchNanos)));
    }
  }

  /** How often each answer came, such as {@code 401 invalid_key}. */
  Map<String, Long> outcomes() {
    Map<String, Long> counts = new ConcurrentHashMap<>();
    outcomes.forEach((outcome, count) -> counts.put(outcome, count.sum()));
    return counts;
  }

  /** How many answers came. */
  long answers() {
    return outcomes.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** How many connections ended before their time. */
  long broken() {
    return broken.sum();
  }

  @Override
  public void close() {
    isOver = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void run(String from, long batchNanos) {
    while (!isOver) {
      try (Socket socket = new Socket()) {
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(
            new InetSocketAddress(gateway.getHost(), gateway.getPort()), PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        converse(socket, batchNanos);
      } catch (IOException e) {
        broken.increment();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
  }

  private void converse(Socket socket, long batchNanos) throws IOException {
    InputStream in = socket.getInputStream();
    var answers = new Answers(in);
    long next = System.nanoTime();
    while (!isOver) {
      socket.getOutputStream().write(batch().getBytes(ISO_8859_1));
      for (int i = 0; i < BATCH; i++) {
        outcomes.computeIfAbsent(answers.next(), _ -> new LongAdder()).increment();
      }
      next += batchNanos;
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private String batch() {
    var batch = new StringBuilder();
    for (int i = 0; i < BATCH; i++) {
      batch
          .append("GET ")
          .append(path)
          .append(" HTTP/1.1\r\nHost: flood\r\nAuthorization: Bearer ")
          .append(keys.get())
          .append("\r\n\r\n");
    }
    return batch.toString();
  }

  /** Reads one answer after another, as text. */
  private static final class Answers {
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private String read = "";

    Answers(InputStream in) {
      this.in = in;
    }

    String next() throws IOException {
      int body;
      while ((body = read.indexOf("\r\n\r\n")) < 0) {
        fill();
      }
      String head = read.substring(0, body).toLowerCase(Locale.ROOT);
      int at = head.indexOf("content-length: ") + "content-length: ".length();
      int lineEnd = head.indexOf('\r', at);
      int length = Integer.parseInt(head.substring(at, lineEnd < 0 ? head.length() : lineEnd));
      int end = body + 4 + length;
      while (read.length() < end) {
        fill();
      }
      String answer = read.substring(0, end);
      read = read.substring(end);
      return outcome(answer);
    }

    private static String outcome(String answer) {
      int code = answer.indexOf("\"code\":\"");
      String status = answer.substring(9, 12);
      return code < 0
          ? status
          : status + " " + answer.substring(code + 8, answer.indexOf('"', code + 8));
    }

    private void fill() throws IOException {
      int count = in.read(buffer);
      if (count < 0) {
        throw new IOException("the connection ended");
      }
      read += new String(buffer, 0, count, ISO_8859_1);
    }
  }
}
