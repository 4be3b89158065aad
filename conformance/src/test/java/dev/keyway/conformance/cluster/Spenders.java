package dev.keyway.conformance.cluster;

import dev.keyway.conformance.harness.NewKey;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients at every node that want more of one key's limit than there is: in bursts that begin at
 * all nodes at once, and paced, as a seed has it.
 */
final class Spenders implements AutoCloseable {
  private static final int CLIENTS = 2;
  private static final int LONGEST_BURST = 60;
  private static final long BEAT_NANOS = Duration.ofMillis(250).toNanos();
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Admissions admissions;
  private final NewKey key;
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final AtomicIntegerArray statuses = new AtomicIntegerArray(600);
  private volatile boolean isOver;

  private Spenders(Admissions admissions, NewKey key) {
    this.admissions = admissions;
    this.key = key;
  }

  /** Begins. */
  static Spenders at(Fleet fleet, NewKey key, Admissions admissions, long seed) {
    var spenders = new Spenders(admissions, key);
    var random = new Random(seed);
    for (Node node : fleet.nodes()) {
      for (int i = 0; i < CLIENTS; i++) {
        var own = new Random(random.nextLong());
        spenders.clients.execute(() -> spenders.run(node, own));
      }
    }
    return spenders;
  }

  /** How often this status was answered; 0 for no answer. */
  int count(int status) {
    return statuses.get(status);
  }

  private void run(Node node, Random random) {
    while (!isOver) {
      if (random.nextInt(3) == 0) {
        long pause = 1_000_000L * (1 + random.nextInt(15));
        for (int i = 0; i < 20 && !isOver; i++) {
          ask(node);
          LockSupport.parkNanos(pause);
        }
      } else {
        awaitBeat();
        int burst = 1 + random.nextInt(LONGEST_BURST);
        for (int i = 0; i < burst && !isOver; i++) {
          ask(node);
        }
      }
    }
  }

  /** The next of the instants at which bursts begin everywhere. */
  private static void awaitBeat() {
    LockSupport.parkNanos(BEAT_NANOS - Math.floorMod(System.nanoTime(), BEAT_NANOS));
  }

  private void ask(Node node) {
    HttpRequest request =
        HttpRequest.newBuilder(node.keyway().gateway().resolve("/tight/t"))
            .timeout(PATIENCE)
            .header("Authorization", key.bearer())
            .build();
    long sent = System.nanoTime();
    int status = status(request);
    if (status == 200) {
      admissions.add(sent, System.nanoTime());
    }
    statuses.incrementAndGet(status);
    if (status == 0) {
      // Whoever gets no answer does not ask again at once.
      LockSupport.parkNanos(10_000_000);
    }
  }

  private int status(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /** Stops, and waits for the answers that are still to come. */
  @Override
  public void close() {
    isOver = true;
    clients.shutdown();
    try {
      if (!clients.awaitTermination(PATIENCE.toSeconds() * 4, TimeUnit.SECONDS)) {
        throw new AssertionError("clients that get no answer must end by themselves");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.shutdownNow();
  }
}
