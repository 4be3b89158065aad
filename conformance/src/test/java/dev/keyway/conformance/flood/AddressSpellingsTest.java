package dev.keyway.conformance.flood;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.MadeUpKeys;
import dev.keyway.conformance.harness.RawConnection;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever has one address of an IPv6 network has all of it, and an address can be spelled in many
 * ways. Behind a proxy that is trusted to name its clients, all of that is still one client.
 */
@DisplayName("CVE-2026-45364: no spelling of an address is a client of its own")
final class AddressSpellingsTest {
  private static final List<String> ONE_CLIENT =
      List.of(
          "2001:db8:0:42:0:0:0:1",
          "2001:db8:0:42::1",
          "2001:DB8:0:42::1",
          "2001:0db8:0000:0042:0000:0000:0000:0001",
          "2001:db8::42:0:0:0:1",
          "2001:db8:0:42:0::1",
          "2001:db8:0:42::0.0.0.1",
          "2001:Db8:0:042::0001",
          "2001:db8:0:42:ffff:ffff:ffff:ffff",
          "2001:db8:0:42:dead::192.0.2.1");

  private static final String NEIGHBOUR = "2001:db8:0:43::1";
  private static final String TRUST = ", trusted-proxies: [127.0.0.1]";

  /** Fewer than all clients together may cause at once, more than one alone may. */
  private static final int REQUESTS = 900;

  @TempDir static Path data;
  private static ServedKeyway keyway;

  @BeforeAll
  static void start() throws IOException {
    Path profiles = Files.createDirectories(data.resolve("profiles"));
    Files.writeString(profiles.resolve("flood.yaml"), Resource.text("flood/flood.yaml"));
    keyway = ServedKeyway.start(data, new ServedKeyway.Settings(TRUST, TRUST, ""), Map.of());
  }

  @AfterAll
  static void stop() {
    keyway.close();
  }

  @Test
  void signIn_countsOneClientHoweverSpelled() {
    String email = "nobody@conformance.example";
    for (String spelling : ONE_CLIENT) {
      assertThat(signIn(email, spelling)).as(spelling).isEqualTo(401);
    }
    for (String spelling : ONE_CLIENT) {
      assertThat(signIn(email, spelling)).as(spelling).isEqualTo(429);
    }
    assertThat(signIn(email, NEIGHBOUR)).isEqualTo(401);
  }

  @Test
  void unknownKeys_countOneClientHoweverSpelled() {
    var keys = new MadeUpKeys(FloodedKeyway.PREFIX);
    Eventually.holds(
        "one client is refused, and its neighbour is not",
        Duration.ofSeconds(60),
        () -> isAnyRefused(keys) && knock(keys.get(), NEIGHBOUR) == 401);
  }

  private static int signIn(String email, String client) {
    Api api = keyway.anonymous().with("X-Forwarded-For", client);
    return api.post(
            "/v1/sessions",
            Json.of("product", "flood", "email", email, "password", "a wrong password"))
        .status();
  }

  private static int knock(String secret, String client) {
    return keyway
        .door()
        .get(FloodedKeyway.PATH, "Authorization", "Bearer " + secret, "X-Forwarded-For", client)
        .status();
  }

  /** Sends many requests at once; every one is answered that its key is not known, or is not. */
  private static boolean isAnyRefused(MadeUpKeys keys) {
    var text = new StringBuilder();
    for (int i = 0; i < REQUESTS; i++) {
      text.append("GET %s HTTP/1.1\r\nHost: x\r\n".formatted(FloodedKeyway.PATH))
          .append("X-Forwarded-For: %s\r\n".formatted(ONE_CLIENT.get(i % ONE_CLIENT.size())))
          .append("Authorization: Bearer %s\r\n\r\n".formatted(keys.get()));
    }
    try (RawConnection connection = RawConnection.to(keyway.gateway())) {
      Thread.ofVirtual().start(() -> connection.write(text.toString().getBytes(ISO_8859_1)));
      int refused = 0;
      for (int i = 0; i < REQUESTS; i++) {
        int status = connection.answer().status();
        assertThat(status).isIn(401, 503);
        refused += status == 503 ? 1 : 0;
      }
      return refused > 0;
    }
  }
}
