package dev.keyway.server.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/**
 * The exchanges of one event loop that wait for the head of an answer. One timer for all of them
 * counts ticks, so that a request costs neither a timer nor a look at the clock.
 */
final class Deadlines {
  static final long TICK_MILLIS = 100;

  private final Map<ProxyExchange, Long> waiting = new HashMap<>();
  private long now;

  /** Starts or prolongs a wait. */
  void await(ProxyExchange exchange, long millis) {
    // The tick under way has partly passed: one more keeps the wait from ending early.
    waiting.put(exchange, now + 1 + (millis + TICK_MILLIS - 1) / TICK_MILLIS);
  }

  void forget(ProxyExchange exchange) {
    waiting.remove(exchange);
  }

  /** Lets a tick pass and tells those whose time is up. */
  void tick() {
    now++;
    if (waiting.isEmpty()) {
      return;
    }
    var late = new ArrayList<ProxyExchange>();
    waiting.forEach((exchange, until) -> {
      if (until <= now) {
        late.add(exchange);
      }
    });
    late.forEach(waiting::remove);
    late.forEach(ProxyExchange::timeOut);
  }
}
