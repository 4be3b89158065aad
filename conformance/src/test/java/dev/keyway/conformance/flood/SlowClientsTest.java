package dev.keyway.conformance.flood;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.RawConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that send heads without end, or next to nothing, at both listeners. */
@Timeout(300)
final class SlowClientsTest {
  private static final int IDLE = 10_000;

  /** A head may be 16 KB; the rest is what the operating system takes on both sides. */
  private static final long MOST_TAKEN_BYTES = 16 << 20;

  /** How long a listener waits for a head, and how much later it may look. */
  private static final Duration PATIENCE = Duration.ofSeconds(60 + 15);

  private static FloodedKeyway keyway;

  @BeforeAll
  static void start() {
    keyway = new FloodedKeyway();
  }

  @AfterAll
  static void stop() {
    keyway.close();
  }

  /** Where the program listens. */
  enum Listener {
    CONTROL,
    GATEWAY;

    URI address() {
      return this == CONTROL ? keyway.control() : keyway.gateway();
    }

    String metric() {
      return "keyway_connections{listener=\"%s\"}"
          .formatted(this == CONTROL ? "control" : "gateway");
    }
  }

  @ParameterizedTest
  @EnumSource
  void manySmallHeaders_areRefused(Listener listener) {
    try (RawConnection client = RawConnection.to(listener.address())) {
      assertRefused(client, "GET /v1/me HTTP/1.1\r\nHost: x\r\n", "X-A: b\r\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void headerLineWithoutEnd_isRefused(Listener listener) {
    try (RawConnection client = RawConnection.to(listener.address())) {
      assertRefused(client, "GET /v1/me HTTP/1.1\r\nHost: x\r\nX-A: ", "aaaaaaaa");
    }
  }

  @ParameterizedTest
  @EnumSource
  void requestLineWithoutEnd_isRefused(Listener listener) {
    try (RawConnection client = RawConnection.to(listener.address())) {
      assertRefused(client, "GET /", "aaaaaaaa");
    }
  }

  @ParameterizedTest
  @EnumSource
  @EnabledIfSystemProperty(named = "keyway.faults", matches = "true")
  void headThatDrips_isNotWaitedFor(Listener listener) {
    try (RawConnection client = RawConnection.to(listener.address())) {
      client.write("GET /v1/me HTTP/1.1\r\nX-A: ".getBytes(ISO_8859_1));
      Eventually.holds("the connection ends", PATIENCE, () -> drips(client));
    }
  }

  @ParameterizedTest
  @EnumSource
  @EnabledIfSystemProperty(named = "keyway.faults", matches = "true")
  void tenThousandIdleConnections_costLittleAndEnd(Listener listener) throws IOException {
    long live = keyway.liveBytes();
    double before = keyway.metric(listener.metric());
    List<SocketChannel> idle = new ArrayList<>();
    try {
      for (int i = 0; i < IDLE; i++) {
        idle.add(
            SocketChannel.open(
                new InetSocketAddress(listener.address().getHost(), listener.address().getPort())));
      }
      Eventually.holds(
          "all are open",
          Duration.ofSeconds(20),
          () -> keyway.metric(listener.metric()) >= before + IDLE);
      long each = (keyway.liveBytes() - live) / IDLE;
      System.err.printf("%s: %d bytes an idle connection%n", listener, each);
      assertThat(each).isLessThan(16 << 10);
      Holders holders = new Holders(FloodedKeyway.PATH, keyway.keys(5));
      assertThat(holders.areAllServed(keyway.gateway())).isTrue();

      Eventually.holds(
          "all have been ended", PATIENCE, () -> keyway.metric(listener.metric()) < IDLE / 10.0);
    } finally {
      for (SocketChannel channel : idle) {
        channel.close();
      }
    }
  }

  @Test
  void holders_areServedAllTheWhile() {
    Holders holders = new Holders(FloodedKeyway.PATH, keyway.keys(5));

    assertThat(holders.areAllServed(keyway.gateway())).isTrue();
  }

  /** Sends a piece over and over; the answer is a refusal, and the connection ends. */
  private static void assertRefused(RawConnection client, String start, String piece) {
    byte[] pieces = piece.repeat(8_192 / piece.length()).getBytes(ISO_8859_1);
    long taken = 0;
    client.write(start.getBytes(ISO_8859_1));
    try {
      while (taken < 2 * MOST_TAKEN_BYTES) {
        client.write(pieces);
        taken += pieces.length;
      }
    } catch (UncheckedIOException e) {
      // It has had enough.
    }
    assertThat(taken).isLessThan(MOST_TAKEN_BYTES);
    assertThat(client.isCut()).isTrue();
  }

  /** Sends one more byte; true when nobody takes it any more. */
  private static boolean drips(RawConnection client) {
    try {
      client.write(new byte[] {'a'});
      return false;
    } catch (UncheckedIOException e) {
      return true;
    }
  }
}
