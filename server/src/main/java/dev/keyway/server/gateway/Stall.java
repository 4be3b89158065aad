package dev.keyway.server.gateway;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** A client that does not take what is written to it: is it slow, or has it stopped? */
final class Stall {
  /**
   * So many times the usual patience must pass without a move: a slow reader's own system takes
   * megabytes ahead of it, and what waits here then stands still for long.
   */
  static final int PATIENCES = 3;

  private final Channel channel;
  private long waiting;

  Stall(HttpConnection client) {
    this.channel = ((ConnectionBase) client).channel();
    this.waiting = channel.bytesBeforeWritable();
  }

  /** Whether it has taken anything since this was asked last. Nothing is written meanwhile. */
  boolean hasMoved() {
    long before = waiting;
    waiting = channel.bytesBeforeWritable();
    return waiting < before;
  }
}
