package dev.keyway.store.redis;

import dev.keyway.core.UnavailableException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a Redis server, opened when it is needed.
 *
 * <p>It is never mended under a call: a command that was sent again by itself could be done twice,
 * and behind a new connection may stand another server. After any fault the next call opens one.
 */
final class RedisLink implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final ClientResources resources =
      DefaultClientResources.builder().ioThreadPoolSize(2).computationThreadPoolSize(2).build();
  private final RedisClient client;
  private final RedisURI address;
  private @Nullable StatefulRedisConnection<String, String> connection;

  RedisLink(RedisSettings settings) {
    this.client = RedisClient.create(resources);
    client.setOptions(options(settings.authorities()));
    this.address = address(settings);
  }

  private static ClientOptions options(@Nullable Path authorities) {
    var tls = SslOptions.builder();
    if (authorities != null) {
      tls.trustManager(authorities.toFile());
    }
    return ClientOptions.builder()
        .autoReconnect(false)
        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
        .socketOptions(SocketOptions.builder().connectTimeout(PATIENCE).build())
        .sslOptions(tls.build())
        .build();
  }

  private static RedisURI address(RedisSettings settings) {
    RedisURI.Builder uri =
        RedisURI.builder()
            .withHost(settings.host())
            .withPort(settings.port())
            .withDatabase(settings.database())
            .withSsl(settings.isTls())
            .withVerifyPeer(SslVerifyMode.FULL)
            .withTimeout(PATIENCE);
    if (!settings.password().isEmpty()) {
      char[] password = settings.password().toCharArray();
      uri =
          settings.user().isEmpty()
              ? uri.withPassword(password)
              : uri.withAuthentication(settings.user(), password);
    }
    return uri.build();
  }

  boolean isOpen() {
    return connection != null && connection.isOpen();
  }

  /**
   * Connects.
   *
   * @throws UnavailableException when that cannot be done
   */
  void open() {
    drop();
    try {
      connection = client.connect(address);
    } catch (RedisException e) {
      throw new UnavailableException("Redis cannot be reached: " + reason(e), e);
    }
  }

  /**
   * Calls, and waits for the answer.
   *
   * @throws UnavailableException when none comes, or one that says no; it may be done all the same
   */
  <T> T call(Function<RedisAsyncCommands<String, String>, RedisFuture<T>> command) {
    StatefulRedisConnection<String, String> open = connection;
    if (open == null) {
      throw new UnavailableException("Redis is not connected.", null);
    }
    try {
      return command.apply(open.async()).get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("Interrupted while waiting for Redis.", e);
    } catch (TimeoutException e) {
      throw failed("Redis does not answer in time.", e);
    } catch (ExecutionException | RedisException | CancellationException e) {
      throw failed("Redis fails: " + reason(e), e);
    }
  }

  /** Lets go of the connection. */
  void drop() {
    StatefulRedisConnection<String, String> open = connection;
    connection = null;
    if (open != null) {
      var _ = open.closeAsync();
    }
  }

  @Override
  public void close() {
    drop();
    client.shutdown(Duration.ZERO, PATIENCE);
    var _ = resources.shutdown(0, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The innermost word on it, which names neither user nor password. */
  private static String reason(Throwable e) {
    Throwable inner = e;
    while (inner.getCause() != null) {
      inner = inner.getCause();
    }
    String said = inner.getMessage();
    return said == null ? inner.getClass().getSimpleName() : said;
  }

  private UnavailableException failed(String what, Exception e) {
    drop();
    return new UnavailableException(what, e);
  }
}
