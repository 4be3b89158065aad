package dev.keyway.app.cluster;

import dev.keyway.core.apikey.ApiKeyId;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys that were made at other nodes and are to be read into memory here, one after the other:
 * their first use must not compete with made-up keys for a look-up, and who made them waits a
 * moment to hear that they are known here. Beyond a thousand that wait they are left to their first
 * use.
 */
final class NewKeys implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NewKeys.class);
  private static final int MOST = 1_000;

  private final BlockingQueue<ApiKeyId> waiting = new ArrayBlockingQueue<>(MOST);
  private final Consumer<ApiKeyId> taker;
  private final Consumer<String> known;
  private final Thread thread = Thread.ofVirtual().name("keyway-new-keys").unstarted(this::run);

  /**
   * None yet.
   *
   * @param taker reads a key into memory; may block
   * @param known told of each that was read; does not block
   */
  NewKeys(Consumer<ApiKeyId> taker, Consumer<String> known) {
    this.taker = taker;
    this.known = known;
  }

  void start() {
    thread.start();
  }

  /** Takes a key's id as another node has written it; does not block. */
  void add(String id) {
    ApiKeyId.parse(id).ifPresent(waiting::offer);
  }

  private void run() {
    try {
      while (true) {
        take(waiting.take());
      }
    } catch (InterruptedException e) {
      // Only close does that.
      Thread.currentThread().interrupt();
    }
  }

  private void take(ApiKeyId id) {
    try {
      taker.accept(id);
      known.accept(id.toString());
    } catch (RuntimeException e) {
      LOG.error("a new key cannot be read", e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
