package dev.keyway.app.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.app.assembly.TestNode.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A clock that is set by a day, forth and back, while the node runs: nothing is lost or revived.
 */
@DisplayName("Clock stepped by a day")
class SteppedClockTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);

  @Test
  void keys_expireByTheClock_andRevokedOnesStayRevoked() {
    try (TestNode node = new TestNode(folder, now::get)) {
      String account = node.person("mecha", "ana@mecha.example").id().text();
      Reply lasting = create(node, account, "30d");
      step(DAY.plusHours(1));
      Reply made = create(node, account, "7d");
      assertThat(verify(node, lasting)).isEqualTo("valid");
      revoke(node, made);
      step(DAY.negated());
      assertThat(verify(node, made)).isEqualTo("revoked");
      assertThat(verify(node, lasting)).isEqualTo("valid");
      revoke(node, lasting);
      step(DAY.multipliedBy(8));
      assertThat(verify(node, lasting)).isEqualTo("revoked");
      Reply late = create(node, account, "7d");
      step(Duration.ofDays(7));
      assertThat(verify(node, late)).isEqualTo("expired");
    }
    step(DAY.multipliedBy(-16));
    try (TestNode node = new TestNode(folder, now::get)) {
      Reply listed = node.call("GET", "/v1/keys?product=mecha&status=revoked", null);
      assertThat(listed.body().at("/data")).hasSize(2);
      assertThat(listed.body().findValues("effective_at")).doesNotContainNull();
    }
  }

  @Test
  void trail_steppedBack_isListedWholeAndOnce() {
    try (TestNode node = new TestNode(folder, now::get)) {
      String account = node.person("mecha", "ana@mecha.example").id().text();
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        keys.add(create(node, account, "30d").text("/key/id"));
        step(i % 2 == 0 ? DAY : DAY.negated());
      }
      List<String> seen = new ArrayList<>();
      String cursor = "";
      do {
        Reply page =
            node.call("GET", "/v1/audit?product=mecha&action=key.create&limit=2" + cursor, null);
        assertThat(page.status()).isEqualTo(200);
        page.body().at("/data").forEach(event -> seen.add(event.at("/key").asText()));
        String next = page.body().at("/next_cursor").asText("");
        cursor = next.isEmpty() || next.equals("null") ? "" : "&cursor=" + next;
      } while (!cursor.isEmpty());
      assertThat(seen).hasSameSizeAs(new HashSet<>(seen)).containsExactlyInAnyOrderElementsOf(keys);
    }
  }

  @Test
  void session_fromTheFuture_worksAndEndsWithItsIdleTime() {
    try (TestNode node = new TestNode(folder, now::get)) {
      var _ = node.person("mecha", "ana@mecha.example");
      String cookie = signIn(node);
      step(DAY.negated());
      assertThat(me(node, cookie)).isEqualTo(200);
      assertThat(me(node, signIn(node))).isEqualTo(200);
      step(DAY.plus(DAY));
      assertThat(me(node, cookie)).isEqualTo(401);
    }
  }

  @Test
  void idempotency_steppedBack_answersTheFirstAnswer() {
    try (TestNode node = new TestNode(folder, now::get)) {
      String account = node.person("mecha", "ana@mecha.example").id().text();
      String body = body(account, "30d");
      Reply first = node.call("POST", "/v1/keys", body, "Idempotency-Key", "one");
      step(DAY.negated());
      Reply again = node.call("POST", "/v1/keys", body, "Idempotency-Key", "one");
      assertThat(again.text("/key/id")).isEqualTo(first.text("/key/id"));
    }
  }

  private void step(Duration by) {
    now.updateAndGet(instant -> instant.plus(by));
  }

  private static Reply create(TestNode node, String account, String expiresIn) {
    Reply made = node.call("POST", "/v1/keys", body(account, expiresIn));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    return made;
  }

  private static String body(String account, String expiresIn) {
    return "{\"product\":\"mecha\",\"account\":\"%s\",\"name\":\"k\",\"expires_in\":\"%s\"}"
        .formatted(account, expiresIn);
  }

  private static String verify(TestNode node, Reply key) {
    return node.call("POST", "/v1/keys/verify", "{\"key\":\"%s\"}".formatted(key.text("/secret")))
        .text("/code");
  }

  private static void revoke(TestNode node, Reply key) {
    Reply revoked = node.call("POST", "/v1/keys/" + key.text("/key/id") + "/revoke", "{}");
    assertThat(revoked.status()).as(revoked.toString()).isEqualTo(200);
    Instant committed = Instant.parse(revoked.text("/revocation/committed_at"));
    Instant effective = Instant.parse(revoked.text("/revocation/effective_at"));
    assertThat(effective).isAfterOrEqualTo(committed);
  }

  private static String signIn(TestNode node) {
    Reply signedIn =
        node.callAs(
            "POST",
            "/v1/sessions",
            "{\"email\":\"ana@mecha.example\",\"password\":\"%s\"}".formatted(TestNode.PASSWORD));
    assertThat(signedIn.status()).as(signedIn.toString()).isEqualTo(201);
    String cookie = signedIn.headers().getOrDefault("set-cookie", List.of()).getFirst();
    return cookie.substring(0, cookie.indexOf(';'));
  }

  private static int me(TestNode node, String cookie) {
    return node.callAs("GET", "/v1/me", null, "Cookie", cookie).status();
  }
}
