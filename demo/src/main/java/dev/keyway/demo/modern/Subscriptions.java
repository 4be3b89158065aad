package dev.keyway.demo.modern;

import dev.keyway.demo.web.EventSink;
import dev.keyway.demo.web.Json;
import dev.keyway.demo.web.Reply;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The open {@code subscriptions/listen} streams (MCP 2026-07-28, Subscriptions). The server honours
 * one kind of notification, updates of {@link ClockResource}, and sends one a tick; a stream
 * without it gets a comment a tick, so that a lost client is noticed.
 */
final class Subscriptions {

  private static final long TICK_MILLIS = 200;
  private static final long LONGEST_FAREWELL_NANOS = 1_000_000_000;

  private final CountDownLatch ending = new CountDownLatch(1);
  private final Set<CountDownLatch> open = ConcurrentHashMap.newKeySet();

  /** Opens a stream that lasts until the client goes or the server ends. */
  Reply listen(RpcRequest request, Request http) {
    if (!(request.param("notifications") instanceof Map<?, ?> wanted)) {
      throw RpcError.malformedParams("params lacks notifications");
    }
    boolean clockWanted =
        wanted.get("resourceSubscriptions") instanceof List<?> uris
            && uris.contains(ClockResource.URI);
    CountDownLatch completed = new CountDownLatch(1);
    open.add(completed);
    // The stream is over when its last byte is out, which is later than when its source returns.
    Request.addCompletionListener(
        http,
        failure -> {
          completed.countDown();
          open.remove(completed);
        });
    return Reply.events(sink -> stream(sink, request.id(), clockWanted));
  }

  /** Ends all streams with their final result, and waits a moment for that to be sent. */
  void end() throws InterruptedException {
    ending.countDown();
    long started = System.nanoTime();
    for (CountDownLatch stream : open) {
      stream.await(LONGEST_FAREWELL_NANOS - (System.nanoTime() - started), TimeUnit.NANOSECONDS);
    }
  }

  private void stream(EventSink sink, @Nullable Object id, boolean clockWanted)
      throws IOException, InterruptedException {
    sink.message(Json.text(acknowledgement(id, clockWanted)));
    while (!ending.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
      if (clockWanted) {
        sink.message(Json.text(update(id)));
      } else {
        sink.keepAlive();
      }
    }
    sink.message(Json.text(Results.response(id, Results.subscriptionEnded(id))));
  }

  private static Map<String, @Nullable Object> acknowledgement(
      @Nullable Object id, boolean clockWanted) {
    Map<String, @Nullable Object> honoured = new LinkedHashMap<>();
    if (clockWanted) {
      honoured.put("resourceSubscriptions", List.of(ClockResource.URI));
    }
    return Results.notification(
        "notifications/subscriptions/acknowledged",
        Results.onSubscription(id, "notifications", honoured));
  }

  private static Map<String, @Nullable Object> update(@Nullable Object id) {
    return Results.notification(
        "notifications/resources/updated", Results.onSubscription(id, "uri", ClockResource.URI));
  }
}
