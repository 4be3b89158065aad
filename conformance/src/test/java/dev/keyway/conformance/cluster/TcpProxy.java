package dev.keyway.conformance.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A network between two programs that can be slow, silent in one direction or both, or cut. */
final class TcpProxy implements AutoCloseable {
  private static final int BUFFER = 16 * 1024;
  private static final long LOOK_NANOS = Duration.ofMillis(1).toNanos();

  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile int target;
  private volatile boolean holdsThere;
  private volatile boolean holdsBack;
  private volatile boolean isCut;
  private volatile Duration delay = Duration.ZERO;
  private volatile int largestPiece = BUFFER;

  private TcpProxy(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /** One on a free port, before a port of this machine. */
  static TcpProxy before(int target) {
    try {
      var proxy = new TcpProxy(new ServerSocket(0, 256, InetAddress.getLoopbackAddress()), target);
      Thread.ofVirtual().name("proxy").start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** Leads new connections to another port, and ends those that are open. */
  void leadTo(int port) {
    target = port;
    endAll();
  }

  /** Lets nothing through any more and answers nothing, as a route into the void. */
  void hold() {
    holdsThere = true;
    holdsBack = true;
  }

  /** Lets requests through, and no answer. */
  void holdAnswers() {
    holdsBack = true;
  }

  /** Keeps each piece for so long before it goes on. */
  void slow(Duration by) {
    delay = by;
  }

  /** Lets one byte through after the other, with so long in between. */
  void trickle(Duration between) {
    largestPiece = 1;
    delay = between;
  }

  /** Ends all connections and takes none. */
  void cut() {
    isCut = true;
    endAll();
  }

  /** Lets everything through again at once, what was held up first. */
  void heal() {
    largestPiece = BUFFER;
    delay = Duration.ZERO;
    isCut = false;
    holdsThere = false;
    holdsBack = false;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> join(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void join(Socket client) {
    open.add(client);
    try (client;
        var upstream = new Socket()) {
      if (isCut) {
        return;
      }
      await(() -> holdsThere);
      upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
      open.add(upstream);
      Thread back = Thread.ofVirtual().start(() -> pump(upstream, client, () -> holdsBack));
      pump(client, upstream, () -> holdsThere);
      back.join();
      open.remove(upstream);
    } catch (IOException e) {
      // Either side is gone, and with it the connection.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  private void pump(Socket from, Socket to, Held held) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (int sent = 0; sent < read; ) {
          int piece = Math.min(largestPiece, read - sent);
          Duration slow = delay;
          if (!slow.isZero()) {
            Thread.sleep(slow);
          }
          await(held);
          out.write(buffer, sent, piece);
          out.flush();
          sent += piece;
        }
      }
    } catch (IOException e) {
      // As above.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end(from);
      end(to);
    }
  }

  private void await(Held held) throws IOException {
    while (held.isHeld()) {
      if (isCut || server.isClosed()) {
        throw new IOException("cut");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private interface Held {
    boolean isHeld();
  }

  private void endAll() {
    open.forEach(TcpProxy::end);
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    end(server);
    endAll();
  }

  private static void end(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
