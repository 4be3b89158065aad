package dev.keyway.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/** The threads that listen and answer. */
public final class EventLoops {
  private EventLoops() {}

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
