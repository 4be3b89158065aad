package dev.keyway.conformance.oncall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.RawConnection;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.WireMessage;
import dev.keyway.conformance.harness.WireUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM: no request is lost, streams get their patience, and the whole is bounded. */
final class DrainTest {
  private static final String UPGRADE =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

  @TempDir private Path data;

  private final WireUpstream upstream = WireUpstream.start();

  private ServedKeyway serve(String settings) {
    String profile =
        Resource.text("bench/echo.yaml")
            .replace("http://upstream.invalid", upstream.address().toString());
    Path profiles = data.resolve("profiles");
    try {
      Files.createDirectories(profiles);
      Files.writeString(profiles.resolve("echo.yaml"), profile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ServedKeyway.start(data, settings, Map.of("BENCH_UPSTREAM_SECRET", "s"));
  }

  private static NewKey key(ServedKeyway keyway) {
    Tenants tenants = keyway.tenants();
    return tenants.key("echo", tenants.account("echo"));
  }

  @Test
  void sigterm_underLoad_losesNoRequest() throws Exception {
    try (ServedKeyway keyway = serve("drain: {delay: 300ms, patience: 10s}\n")) {
      upstream.on(
          "/t/load",
          (_, wire) -> {
            pause();
            wire.respond(200, "text/plain", "ok");
          });
      String bearer = key(keyway).bearer();
      var load = new Load();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 16; i++) {
          threads.execute(() ->
              load.run(keyway.gateway(), "GET /echo/t/load HTTP/1.1", "Authorization: " + bearer));
        }
        for (int i = 0; i < 8; i++) {
          threads.execute(() -> load.run(keyway.control(), "GET /health/live HTTP/1.1"));
        }
        assertThat(load.warm.await(20, TimeUnit.SECONDS)).isTrue();
        keyway.program().terminate();
      }
      assertThat(load.lost).isEmpty();
      assertThat(load.partings.get()).as("answers with Connection: close").isPositive();
      assertThat(keyway.program().ends(Duration.ofSeconds(12))).isTrue();
      assertThat(keyway.output())
          .contains("drain begins")
          .contains("exchanges_cut=0")
          .contains("stopped");
    }
  }

  @Test
  void sigterm_withAnOpenWebSocketAndStream_givesThemPatienceAndEnds() {
    try (ServedKeyway keyway = serve("drain: {patience: 2s}\n")) {
      upstream.on(
          "/t/socket",
          (_, wire) -> {
            wire.send(UPGRADE);
            wire.isCut();
          });
      upstream.on(
          "/t/stream",
          (_, wire) -> {
            wire.send(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            wire.chunk("data: 1\n\n");
            for (int i = 0; i < 200; i++) {
              pause();
              wire.chunk("data: 2\n\n");
            }
          });
      String bearer = "Authorization: " + key(keyway).bearer();
      try (RawConnection socket = RawConnection.to(keyway.gateway());
          RawConnection stream = RawConnection.to(keyway.gateway())) {
        socket.send(
            "GET /echo/t/socket HTTP/1.1", bearer, "Connection: Upgrade", "Upgrade: websocket");
        assertThat(socket.head().status()).isEqualTo(101);
        stream.send("GET /echo/t/stream HTTP/1.1", bearer);
        assertThat(stream.head().status()).isEqualTo(200);
        long told = System.nanoTime();
        keyway.program().terminate();
        assertThat(stream.chunk()).isNotEmpty();
        assertThat(socket.isCut()).isTrue();
        Duration socketLived = Duration.ofNanos(System.nanoTime() - told);
        assertThat(socketLived).isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(5));
        assertThat(stream.isCut()).isTrue();
      }
      assertThat(keyway.program().ends(Duration.ofSeconds(8))).isTrue();
      assertThat(keyway.output()).contains("exchanges_cut=2");
    }
  }

  @Test
  void health_whileTheDelayLasts_isRedAndTheDoorsAnswer() {
    try (ServedKeyway keyway = serve("drain: {delay: 6s}\n")) {
      upstream.on("/t/late", (_, wire) -> wire.respond(200, "text/plain", "ok"));
      String bearer = "Authorization: " + key(keyway).bearer();
      keyway.anonymous().get("/health").expect(200);
      keyway.program().terminate();
      keyway.program().await("drain", () -> keyway.output().contains("drain begins"));
      assertThat(keyway.anonymous().get("/health").expect(503).json().at("/draining").asBoolean())
          .isTrue();
      try (RawConnection late = RawConnection.to(keyway.gateway())) {
        late.send("GET /echo/t/late HTTP/1.1", bearer);
        assertThat(late.answer().status()).isEqualTo(200);
      }
      assertThat(keyway.program().ends(Duration.ofSeconds(20))).isTrue();
    }
  }

  /** How long the upstream takes, so that some requests are under way at any moment. */
  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Clients that keep their connections, until the server says that it closes them. */
  private static final class Load {
    private static final int WARM = 24 * 5;

    private final CountDownLatch warm = new CountDownLatch(WARM);
    private final AtomicInteger partings = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> lost = new ConcurrentLinkedQueue<>();

    void run(URI address, String... request) {
      while (serves(address, request)) {
        partings.incrementAndGet();
      }
    }

    /** One connection to its end; false once there is nobody to connect to. */
    private boolean serves(URI address, String... request) {
      List<Integer> statuses = new ArrayList<>();
      try (RawConnection connection = RawConnection.to(address)) {
        while (true) {
          connection.send(request);
          WireMessage answer = connection.answer();
          statuses.add(answer.status());
          warm.countDown();
          if (answer.status() != 200) {
            lost.add(request[0] + " was answered " + answer.status());
            return false;
          }
          if (answer.header("connection").filter("close"::equalsIgnoreCase).isPresent()) {
            return true;
          }
        }
      } catch (UncheckedIOException | AssertionError e) {
        // A connection that never answered was refused, or reset while it waited to be accepted.
        if (!statuses.isEmpty()) {
          lost.add(request[0] + " after " + statuses.size() + " answers: " + e);
        }
        return false;
      }
    }
  }
}
