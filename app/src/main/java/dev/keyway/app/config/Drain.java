package dev.keyway.app.config;

import java.time.Duration;

/**
 * How the node stops.
 *
 * @param delay how long it goes on as before, but for its health, so that load balancers look away
 * @param patience how long requests and streams under way may then go on
 */
public record Drain(Duration delay, Duration patience) {
  static final Drain DEFAULT = new Drain(Duration.ZERO, Duration.ofSeconds(20));
}
