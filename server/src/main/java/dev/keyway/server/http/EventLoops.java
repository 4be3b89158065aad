package dev.keyway.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that listen and answer. */
public final class EventLoops {
  /** Shares of one listener find each other's free port by a number that no other listener has. */
  private static final AtomicInteger ANY_PORTS = new AtomicInteger();

  private EventLoops() {}

  /**
   * Where all shares of a listener listen.
   *
   * @param port 0 for any that is free, the same for each of them
   */
  public static SocketAddress commonAddress(String host, int port) {
    return port == 0
        ? SocketAddress.sharedRandomPort(ANY_PORTS.incrementAndGet(), host)
        : SocketAddress.inetSocketAddress(port, host);
  }

  /**
   * Starts them: on the kernel's own means where the program has them for this machine, which
   * spends less on each request, else on the JDK's.
   */
  public static Vertx start(int loops) {
    // No files are served, so Vert.x needs no cache folder.
    var files =
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
    return Vertx.vertx(
        new VertxOptions()
            .setPreferNativeTransport(true)
            .setEventLoopPoolSize(loops)
            .setFileSystemOptions(files));
  }
}
