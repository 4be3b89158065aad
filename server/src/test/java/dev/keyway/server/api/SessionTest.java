package dev.keyway.server.api;

import static dev.keyway.server.api.Fixtures.ADAS_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.server.api.Client.Reply;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sign-in, the cookie, cross-site checks and sign-out. */
final class SessionTest {
  private final RunningApi api = new RunningApi();
  private final Fixtures fixtures = new Fixtures(api);
  private final Client anonymous = Client.anonymous(api.url());

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void signIn_setsACookieThatScriptsCannotRead() {
    Reply reply = signIn(ADAS_PASSWORD).expect(201);
    assertThat(reply.at("/account/id")).isEqualTo(fixtures.ada.id().text());
    assertThat(reply.header("Set-Cookie"))
        .startsWith("keyway_session=")
        .contains("; Path=/; HttpOnly; SameSite=Lax")
        .doesNotContain("Secure");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertThat(api.trail().getFirst().action()).isEqualTo("session.create");
  }

  @Test
  void signIn_tellsNobodyWhoHasAnAccount() {
    int rows = api.trail().size();
    Reply wrong = signIn("wrong").problem(401, "unauthenticated");
    Reply unknown =
        anonymous
            .post("/v1/sessions", "{\"email\":\"nobody@example.com\",\"password\":\"right\"}")
            .problem(401, "unauthenticated");
    assertThat(unknown.at("/detail")).isEqualTo(wrong.at("/detail"));
    assertThat(wrong.header("Set-Cookie")).isEmpty();
    assertThat(api.trail()).hasSize(rows);
  }

  @Test
  void signIn_fromAnotherOrigin_isRefused() {
    String body = credentials(ADAS_PASSWORD);
    anonymous
        .with("Origin", "https://evil.example")
        .post("/v1/sessions", body)
        .problem(403, "forbidden");
    anonymous.with("Origin", api.url()).post("/v1/sessions", body).expect(201);
  }

  @Test
  void signIn_asAForm_isRefused() {
    anonymous
        .with("Content-Type", "application/x-www-form-urlencoded")
        .post("/v1/sessions", "email=a&password=b")
        .problem(415, "unsupported_media_type");
  }

  @Test
  void session_changesNothingWithoutItsToken() {
    Reply signedIn = signIn(ADAS_PASSWORD);
    Client cookieOnly = anonymous.with("Cookie", cookie(signedIn));
    cookieOnly.get("/v1/me").expect(200);
    String body = "{\"product\":\"memo\",\"workspace\":\"" + fixtures.workspaceId() + "\"}";
    cookieOnly.post("/v1/keys", body).problem(403, "csrf_failed");
    api.world.tick();
    cookieOnly.with("X-CSRF-Token", "wrong").post("/v1/keys", body).problem(403, "csrf_failed");
    assertThat(api.trail().getFirst().reason()).isEqualTo("csrf_failed");
    Client whole = cookieOnly.with("X-CSRF-Token", signedIn.at("/csrf_token"));
    whole.with("Origin", "https://evil.example").post("/v1/keys", body).problem(403, "forbidden");
    whole.with("Sec-Fetch-Site", "cross-site").post("/v1/keys", body).problem(403, "forbidden");
    whole.post("/v1/keys", body).expect(201);
  }

  @Test
  void session_endsByItselfAfterTwelveIdleHours() {
    Client person = anonymous.with("Cookie", cookie(signIn(ADAS_PASSWORD)));
    api.world.pass(Duration.ofHours(12).minusSeconds(1));
    person.get("/v1/me").expect(200);
    api.world.pass(Duration.ofHours(11));
    person.get("/v1/me").expect(200);
    api.world.pass(Duration.ofHours(12));
    person.get("/v1/me").problem(401, "unauthenticated");
  }

  @Test
  void session_besideAKey_isRefused() {
    Client both =
        anonymous
            .with("Cookie", cookie(signIn(ADAS_PASSWORD)))
            .bearer(fixtures.value("memo.secret"));
    both.get("/v1/me").problem(400, "invalid_request");
  }

  @Test
  void cookieSentTwice_isRefused() {
    String cookie = cookie(signIn(ADAS_PASSWORD));
    anonymous.with("Cookie", cookie + "; " + cookie).get("/v1/me").problem(400, "invalid_request");
  }

  @Test
  void signOut_endsTheSessionHereAndInTheBrowser() {
    Reply signedIn = signIn(ADAS_PASSWORD);
    Client person =
        anonymous.with("Cookie", cookie(signedIn)).with("X-CSRF-Token", signedIn.at("/csrf_token"));
    Reply out = person.send("DELETE", "/v1/sessions/current", null).expect(200);
    assertThat(out.header("Set-Cookie")).startsWith("keyway_session=; Max-Age=0");
    person.get("/v1/me").problem(401, "unauthenticated");
  }

  @Test
  void signOut_withAKey_isForbidden() {
    fixtures.as("key:memo").send("DELETE", "/v1/sessions/current", null).problem(403, "forbidden");
  }

  @Test
  void me_tellsEachKindOfCallerWhoTheyAre() {
    Reply ada = fixtures.as("ada").get("/v1/me").expect(200);
    assertThat(ada.at("/product")).isEqualTo("memo");
    assertThat(ada.at("/workspaces/0/role")).isEqualTo("owner");
    Reply key = fixtures.as("key:memo").get("/v1/me").expect(200);
    assertThat(key.at("/key/id")).isEqualTo(fixtures.value("memo.id"));
    assertThat(key.text).doesNotContain(fixtures.ada.email());
  }

  private Reply signIn(String password) {
    // Rows of one instant have no order.
    api.world.tick();
    return anonymous.post("/v1/sessions", credentials(password));
  }

  private String credentials(String password) {
    return "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(fixtures.ada.email(), password);
  }

  private static String cookie(Reply signedIn) {
    return signedIn.header("Set-Cookie").replaceAll(";.*", "");
  }
}
