package dev.keyway.core.verify;

import java.util.concurrent.CompletionStage;

/** A request and its answer that are under way on behalf of a key, streaming or not. */
public interface Exchange {

  /**
   * Ends it at once: no byte more in either direction, the upstream's part cancelled. It must not
   * wait for the client, and may be called more than once and from any thread.
   *
   * @return completes when no further byte can pass
   */
  CompletionStage<?> cut();
}
