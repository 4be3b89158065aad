package dev.keyway.app.assembly;

import dev.keyway.app.config.HostPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port that was free a moment ago, for a listener whose URL has to be known before it binds. */
final class FreePort {
  private FreePort() {}

  /** The port itself, or a free one in place of 0. */
  static int ifZero(HostPort listen) {
    if (listen.port() != 0) {
      return listen.port();
    }
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName(listen.host()))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on " + listen.host(), e);
    }
  }
}
