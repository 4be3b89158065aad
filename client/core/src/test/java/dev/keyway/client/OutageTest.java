package dev.keyway.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.client.stub.StubDoor;
import dev.keyway.client.stub.StubServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong on the way is said as it is: nobody can decide. */
@DisplayName("ALL-5 client: an outage is never a wrong key")
final class OutageTest {
  private static final String ALLOWING =
      "Keyway-Key-Id: key_1\r\nKeyway-Account-Id: acc_1\r\nKeyway-Request-Id: r\r\n";
  private static final String EMPTY = "Content-Length: 0\r\n\r\n";
  private static final ForwardedRequest REQUEST =
      ForwardedRequest.of("GET", "/").with("Authorization", "Bearer " + StubDoor.GOOD);
  private static final CallLimits QUICK =
      CallLimits.DEFAULT.withTimeouts(Duration.ofMillis(500), Duration.ofMillis(500));

  record Case(String name, UnavailableReason reason, StubServer.Script script) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case says(String name, UnavailableReason reason, String answer) {
    return new Case(name, reason, StubServer.text(answer));
  }

  private static Case ends(String name, UnavailableReason reason, String answer) {
    return new Case(
        name,
        reason,
        (seen, connection) -> {
          StubServer.write(connection, answer);
          connection.close();
        });
  }

  static List<Case> cases() {
    return List.of(
        ends("closes", UnavailableReason.UNREACHABLE, ""),
        new Case(
            "resets",
            UnavailableReason.UNREACHABLE,
            (seen, connection) -> {
              connection.setSoLinger(true, 0);
              connection.close();
            }),
        says("says nothing", UnavailableReason.TIMEOUT, ""),
        says("stops in the head", UnavailableReason.TIMEOUT, "HTTP/1.1 200 OK\r\nKeyway-St"),
        says(
            "stops in the body",
            UnavailableReason.TIMEOUT,
            "HTTP/1.1 200 OK\r\nKeyway-Status: 200\r\n"
                + ALLOWING
                + "Content-Length: 9\r\n\r\nabc"),
        ends(
            "ends in the body",
            UnavailableReason.UNREACHABLE,
            "HTTP/1.1 401 No\r\nKeyway-Status: 401\r\nKeyway-Code: invalid_key\r\n"
                + "Content-Length: 9\r\n\r\nabc"),
        ends("garbage", UnavailableReason.UNREACHABLE, "SSH-2.0-OpenSSH_9.2\r\n\r\n"),
        says("a page", UnavailableReason.FOREIGN_ANSWER, "HTTP/1.1 200 OK\r\n" + EMPTY),
        says(
            "an identity without a status",
            UnavailableReason.FOREIGN_ANSWER,
            "HTTP/1.1 200 OK\r\n" + ALLOWING + EMPTY),
        says(
            "a status without an identity",
            UnavailableReason.FOREIGN_ANSWER,
            "HTTP/1.1 200 OK\r\nKeyway-Status: 200\r\nKeyway-Code: valid\r\n" + EMPTY),
        says(
            "two identities",
            UnavailableReason.FOREIGN_ANSWER,
            "HTTP/1.1 200 OK\r\nKeyway-Status: 200\r\nKeyway-Code: valid\r\nKeyway-Key-Id: key_2\r\n"
                + ALLOWING
                + EMPTY),
        says(
            "200 that is to be a refusal",
            UnavailableReason.FOREIGN_ANSWER,
            "HTTP/1.1 200 OK\r\nKeyway-Status: 401\r\nKeyway-Code: valid\r\n" + ALLOWING + EMPTY),
        says(
            "an identity without a code",
            UnavailableReason.FOREIGN_ANSWER,
            "HTTP/1.1 200 OK\r\nKeyway-Status: 200\r\n" + ALLOWING + EMPTY),
        says(
            "an identity that is not valid",
            UnavailableReason.FOREIGN_ANSWER,
            "HTTP/1.1 200 OK\r\nKeyway-Status: 200\r\nKeyway-Code: preflight\r\n"
                + ALLOWING
                + EMPTY),
        says(
            "a 500 of Keyway",
            UnavailableReason.KEYWAY_CANNOT_DECIDE,
            "HTTP/1.1 500 No\r\nKeyway-Status: 500\r\nKeyway-Code: internal\r\n" + EMPTY),
        says(
            "a 503 of Keyway that does not say when",
            UnavailableReason.KEYWAY_CANNOT_DECIDE,
            "HTTP/1.1 503 No\r\nKeyway-Status: 503\r\nKeyway-Code: cannot_verify\r\n" + EMPTY),
        says(
            "a refusal that is to be 200",
            UnavailableReason.FOREIGN_ANSWER,
            "HTTP/1.1 401 No\r\nKeyway-Status: 200\r\nKeyway-Code: valid\r\n" + ALLOWING + EMPTY),
        says(
            "a status that is none",
            UnavailableReason.FOREIGN_ANSWER,
            "HTTP/1.1 200 OK\r\nKeyway-Status: 2000\r\nKeyway-Code: valid\r\n" + ALLOWING + EMPTY),
        says(
            "a redirect",
            UnavailableReason.FOREIGN_ANSWER,
            "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\n" + EMPTY),
        says("a proxy's 401", UnavailableReason.FOREIGN_ANSWER, "HTTP/1.1 401 No\r\n" + EMPTY),
        says("a proxy's 502", UnavailableReason.SERVER_ERROR, "HTTP/1.1 502 Bad\r\n" + EMPTY),
        says("a closed door", UnavailableReason.DOOR_CLOSED, "HTTP/1.1 404 No\r\n" + EMPTY),
        says(
            "a body without end",
            UnavailableReason.FOREIGN_ANSWER,
            "HTTP/1.1 401 No\r\nKeyway-Status: 401\r\nKeyway-Code: invalid_key\r\n"
                + "Content-Length: 99999999\r\n\r\n"
                + "x".repeat(BoundedBody.MAX_BYTES + 1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void whateverGoesWrong_isUnavailable(Case broken) {
    try (StubServer server = StubServer.start(broken.script())) {
      KeywayClient keyway = KeywayClient.builder(server.url(), "stub").limits(QUICK).build();
      long before = System.nanoTime();
      Decision decision = keyway.check(REQUEST);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
      assertThat(decision).isInstanceOf(Decision.Unavailable.class);
      Decision.Unavailable unavailable = (Decision.Unavailable) decision;
      assertThat(unavailable.reason()).isEqualTo(broken.reason());
      assertThat(unavailable.answer().status()).isEqualTo(503);
      assertThat(unavailable.answer().headers()).containsEntry("Retry-After", List.of("5"));
      assertThat(unavailable.answer().body()).contains("\"code\":\"cannot_verify\"");
      assertThat(decision.toString()).doesNotContain(StubDoor.GOOD);
      assertThat(server.seen()).noneMatch(seen -> seen.line().contains("elsewhere"));
    }
  }

  @Test
  void nobodyThere_isUnavailable_andTheCircuitSparesTheNextCallers() {
    StubServer server = StubServer.start(new StubDoor());
    server.close();
    AtomicLong nanos = new AtomicLong();
    KeywayClient keyway =
        KeywayClient.builder(server.url(), "stub")
            .limits(QUICK.withCircuit(3, Duration.ofSeconds(5)))
            .nanoTime(nanos::get)
            .build();
    for (int i = 0; i < 3; i++) {
      assertThat(reason(keyway)).isEqualTo(UnavailableReason.UNREACHABLE);
    }
    assertThat(keyway.isCircuitOpen()).isTrue();
    assertThat(reason(keyway)).isEqualTo(UnavailableReason.CIRCUIT_OPEN);
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    assertThat(reason(keyway)).isEqualTo(UnavailableReason.UNREACHABLE);
    assertThat(reason(keyway)).isEqualTo(UnavailableReason.CIRCUIT_OPEN);
  }

  @Test
  void serverThatComesBack_isAskedAgain() {
    AtomicLong nanos = new AtomicLong();
    try (StubServer server = StubServer.start((seen, connection) -> connection.close())) {
      KeywayClient keyway =
          KeywayClient.builder(server.url(), "stub")
              .limits(CallLimits.DEFAULT.withCircuit(2, Duration.ofSeconds(5)))
              .nanoTime(nanos::get)
              .build();
      assertThat(reason(keyway)).isEqualTo(UnavailableReason.UNREACHABLE);
      assertThat(reason(keyway)).isEqualTo(UnavailableReason.UNREACHABLE);
      int failed = server.seen().size();
      server.script(new StubDoor());
      assertThat(reason(keyway)).isEqualTo(UnavailableReason.CIRCUIT_OPEN);
      nanos.addAndGet(Duration.ofSeconds(5).toNanos());
      assertThat(keyway.check(REQUEST)).isInstanceOf(Decision.Allowed.class);
      assertThat(keyway.isCircuitOpen()).isFalse();
      assertThat(server.seen()).hasSize(failed + 1);
    }
  }

  @Test
  void oneRequestsOwnTrouble_neverOpensTheCircuit() {
    try (StubServer server = StubServer.start(StubServer.text("HTTP/1.1 431 No\r\n" + EMPTY))) {
      KeywayClient keyway = KeywayClient.of(server.url(), "stub");
      for (int i = 0; i < 10; i++) {
        assertThat(reason(keyway)).isEqualTo(UnavailableReason.FOREIGN_ANSWER);
      }
      server.script(new StubDoor());
      ForwardedRequest undecided =
          ForwardedRequest.of("GET", "/").with("Authorization", "Bearer " + StubDoor.UNDECIDED);
      for (int i = 0; i < 10; i++) {
        assertThat(keyway.check(undecided)).isInstanceOf(Decision.Unavailable.class);
      }
      assertThat(keyway.check(REQUEST)).isInstanceOf(Decision.Allowed.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"500 No", "502 Bad", "503 Busy", "500 No\r\nKeyway-Request-Id: r"})
  void answerOfWhomever_isNoOutage_andNeverOpensTheCircuit(String head) {
    try (StubServer server =
        StubServer.start(StubServer.text("HTTP/1.1 " + head + "\r\n" + EMPTY))) {
      KeywayClient keyway = KeywayClient.of(server.url(), "stub");
      for (int i = 0; i < 10; i++) {
        assertThat(reason(keyway).isOutage()).isFalse();
      }
      assertThat(keyway.isCircuitOpen()).isFalse();
      assertThat(server.seen()).hasSize(10);
    }
  }

  @Test
  void moreCallsThanAllowed_areNotBegun() throws InterruptedException {
    CountDownLatch arrived = new CountDownLatch(2);
    CountDownLatch go = new CountDownLatch(1);
    StubDoor door = new StubDoor();
    StubServer.Script waiting =
        (seen, connection) -> {
          arrived.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          door.answer(seen, connection);
        };
    try (StubServer server = StubServer.start(waiting)) {
      KeywayClient keyway =
          KeywayClient.builder(server.url(), "stub")
              .limits(
                  CallLimits.DEFAULT
                      .withTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(30))
                      .withConcurrentCalls(2))
              .build();
      List<CompletableFuture<Decision>> calls = new ArrayList<>();
      calls.add(keyway.checkAsync(REQUEST));
      calls.add(keyway.checkAsync(REQUEST));
      arrived.await();
      assertThat(reason(keyway)).isEqualTo(UnavailableReason.TOO_MANY_CALLS);
      go.countDown();
      for (CompletableFuture<Decision> call : calls) {
        assertThat(call.join()).isInstanceOf(Decision.Allowed.class);
      }
      assertThat(keyway.check(REQUEST)).isInstanceOf(Decision.Allowed.class);
    }
  }

  private static UnavailableReason reason(KeywayClient keyway) {
    return ((Decision.Unavailable) keyway.check(REQUEST)).reason();
  }
}
