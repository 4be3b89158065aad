package dev.keyway.conformance.cluster;

import dev.keyway.conformance.cluster.History.Event;
import dev.keyway.conformance.cluster.History.Said;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Clients that use keys at every node all the time, and whoever revokes them. */
final class Traffic implements AutoCloseable {
  private static final Duration CLIENT_PATIENCE = Duration.ofSeconds(20);
  private static final Duration REST = Duration.ofMillis(10);
  private static final Duration REVOKER_PATIENCE = Duration.ofSeconds(30);

  /** Of so many clients at a node one asks the gateway, the next forward-auth, and so on. */
  private static final int CLIENTS = 2;

  private final History history;
  private final List<NewKey> keys = new CopyOnWriteArrayList<>();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http = client();
  private final HttpClient revokers = client();
  private final Duration pause;
  private volatile boolean isOver;

  private Traffic(History history, Duration pause) {
    this.history = history;
    this.pause = pause;
  }

  /** Begins, as fast as it is answered; there are no keys to use yet. */
  static Traffic at(Fleet fleet, History history, long seed) {
    return at(fleet, history, seed, Duration.ZERO);
  }

  /** The same with a pause after each answer. */
  static Traffic at(Fleet fleet, History history, long seed, Duration pause) {
    var traffic = new Traffic(history, pause);
    var random = new Random(seed);
    for (Node node : fleet.nodes()) {
      for (int i = 0; i < CLIENTS; i++) {
        var ownRandom = new Random(random.nextLong());
        boolean isGateway = i % 2 == 0;
        traffic.clients.execute(() -> traffic.run(node, isGateway, ownRandom));
      }
    }
    return traffic;
  }

  /** Uses one more key. */
  void use(NewKey key) {
    keys.add(key);
  }

  /** Stops to use a key, so that others are used more. */
  void drop(NewKey key) {
    keys.remove(key);
  }

  /** Stops to use the key that has been in use for the longest time. */
  void dropOldest() {
    keys.removeFirst();
  }

  private void run(Node node, boolean isGateway, Random random) {
    while (!isOver) {
      var some = new ArrayList<>(keys);
      if (!some.isEmpty()) {
        ask(node, isGateway, some.get(random.nextInt(some.size())));
        sleep(pause);
      } else {
        sleep(REST);
      }
    }
  }

  private void ask(Node node, boolean isGateway, NewKey key) {
    URI address =
        isGateway
            ? node.keyway().gateway().resolve("/flood/t")
            : node.keyway().control().resolve("/authz/flood");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(CLIENT_PATIENCE)
            .header("Authorization", key.bearer());
    if (!isGateway) {
      request.header("X-Forwarded-Method", "GET").header("X-Forwarded-Uri", "/t");
    }
    long asked = System.nanoTime();
    Said said = said(status(http, request.build()));
    String place = node.name() + (isGateway ? " gateway" : " forward-auth");
    history.add(key.id(), new Event(said, asked, System.nanoTime(), place));
    if (said == Said.NOTHING) {
      // Whoever gets no answer does not ask again at once.
      sleep(REST);
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Said said(int status) {
    return switch (status) {
      case 200 -> Said.ACCEPTED;
      case 401, 403 -> Said.REFUSED;
      default -> Said.NOTHING;
    };
  }

  /**
   * Revokes a key at a node.
   *
   * @return the status, or 0 when no answer came; with another than 200 it may be done all the same
   */
  int revoke(Node node, NewKey key) {
    HttpRequest request =
        HttpRequest.newBuilder(node.keyway().control().resolve("/v1/keys/" + key.id() + "/revoke"))
            .timeout(REVOKER_PATIENCE)
            .header("Authorization", "Bearer " + node.keyway().operatorKey())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.of("reason", "a test").toString()))
            .build();
    long asked = System.nanoTime();
    int status = status(revokers, request);
    long answered = status == 200 ? System.nanoTime() : Long.MAX_VALUE;
    history.add(key.id(), new Event(Said.REVOKED, asked, answered, node.name()));
    return status;
  }

  private static int status(HttpClient http, HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(2))
        .build();
  }

  /** Stops, and waits for the answers that are still to come. */
  @Override
  public void close() {
    isOver = true;
    clients.shutdown();
    try {
      if (!clients.awaitTermination(CLIENT_PATIENCE.toSeconds() + 5, TimeUnit.SECONDS)) {
        throw new AssertionError("clients that get no answer must end by themselves");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.shutdownNow();
    revokers.shutdownNow();
  }
}
