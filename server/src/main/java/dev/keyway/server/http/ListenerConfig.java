package dev.keyway.server.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the control listener is reached and what it bears.
 *
 * @param port 0 picks a free one
 * @param publicUrl what links and problem types are built from, without a slash at its end; null
 *     for the address the listener is bound to
 * @param certificate null for plain HTTP
 * @param internalNetworks whose peers see {@code /metrics} and {@code /authz}
 * @param maxConcurrent management calls under way at once; beyond it 503
 * @param bodyPatience how long a body may take to arrive
 * @param headPatience how long a connection may wait for the whole head of a request
 * @param trustedProxies which may say who the client is
 * @param maxConnections of clients at once; further ones are cut off
 * @param eventLoops threads that read and write
 */
public record ListenerConfig(
    String host,
    int port,
    @Nullable String publicUrl,
    @Nullable Certificate certificate,
    Networks internalNetworks,
    int maxConcurrent,
    Duration bodyPatience,
    Duration headPatience,
    TrustedProxies trustedProxies,
    int maxConnections,
    int eventLoops) {
  public static final int DEFAULT_MAX_CONCURRENT = 1_000;
  public static final Duration DEFAULT_BODY_PATIENCE = Duration.ofSeconds(10);

  public static final Duration DEFAULT_HEAD_PATIENCE = Duration.ofSeconds(60);

  /** Room for ten thousand that are idle, and as many that are not. */
  public static final int DEFAULT_MAX_CONNECTIONS = 20_000;

  public static final int DEFAULT_EVENT_LOOPS = Runtime.getRuntime().availableProcessors();

  /** With no proxy in front, and the defaults for connections. */
  public ListenerConfig(
      String host,
      int port,
      @Nullable String publicUrl,
      @Nullable Certificate certificate,
      Networks internalNetworks,
      int maxConcurrent,
      Duration bodyPatience) {
    this(
        host,
        port,
        publicUrl,
        certificate,
        internalNetworks,
        maxConcurrent,
        bodyPatience,
        DEFAULT_HEAD_PATIENCE,
        TrustedProxies.NONE,
        DEFAULT_MAX_CONNECTIONS,
        DEFAULT_EVENT_LOOPS);
  }

  /** A plain listener on the loopback interface with the defaults. */
  public static ListenerConfig loopback(int port) {
    return new ListenerConfig(
        "127.0.0.1",
        port,
        null,
        null,
        Networks.LOOPBACK,
        DEFAULT_MAX_CONCURRENT,
        DEFAULT_BODY_PATIENCE);
  }
}
