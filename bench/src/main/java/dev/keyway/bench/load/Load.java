package dev.keyway.bench.load;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Requests to one address over kept-alive connections, with keys in rotation.
 *
 * @param keys a file with a key a line
 * @param requestsPerSecond about how many; 0 for as many as are answered
 */
public record Load(
    URI target,
    RequestForm form,
    Path keys,
    int connections,
    Duration length,
    int requestsPerSecond) {
  /**
   * The longest pause of a connection before a request; pauses are drawn evenly from 0 to this, so
   * the connections do not beat in time.
   */
  long longestPauseMillis() {
    return requestsPerSecond == 0 ? 0 : 2L * connections * 1000 / requestsPerSecond;
  }
}
