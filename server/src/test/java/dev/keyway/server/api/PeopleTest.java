package dev.keyway.server.api;

import static dev.keyway.server.api.Fixtures.ADAS_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.Precondition;
import dev.keyway.core.contract.Together;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountStore;
import dev.keyway.server.api.Client.Reply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invitations, passwords and sessions that have to be made fresh. */
final class PeopleTest {
  private static final String NEW = "eleven purple harbours";

  private final RunningApi api = new RunningApi();
  private final Fixtures fixtures = new Fixtures(api);
  private final Client anonymous = Client.anonymous(api.url());
  private final Client operator = fixtures.as("operator");

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void invitation_isALinkWhoseTokenNoServerSeesAndNothingKeeps() {
    Instant now = api.world.tick();
    Reply invited = operator.post(invitations(fixtures.bob), "{}").expect(201);

    URI url = URI.create(invited.at("/url"));
    assertThat(invited.at("/url")).startsWith(api.url() + "/invitation#");
    assertThat(url.getFragment()).matches("[0-9A-Za-z]{43}");
    assertThat(url.getRawQuery()).isNull();
    assertThat(invited.at("/expires_at")).isEqualTo(now.plus(Duration.ofDays(3)).toString());
    assertThat(invited.header("Cache-Control")).isEqualTo("no-store");
    var row = api.trail().getFirst();
    assertThat(row.action()).isEqualTo("invitation.create");
    assertThat(row.subject().account()).isEqualTo(fixtures.bob.id().text());
    assertThat(api.trail().toString()).doesNotContain(url.getFragment());
  }

  @Test
  void invitation_underOneIdempotencyKey_isAnotherLinkEachTime() {
    Client once = operator.with("Idempotency-Key", "invite-bob");
    String first = tokenOf(once.post(invitations(fixtures.bob), "{}").expect(201));
    String second = tokenOf(once.post(invitations(fixtures.bob), "{}").expect(201));

    assertThat(second).isNotEqualTo(first);
    accept(first, NEW).problem(401, "unauthenticated");
    accept(second, NEW).expect(200);
  }

  @Test
  void acceptedInvitation_setsThePasswordOnceAndEndsEverySession() {
    Client bob = fixtures.as("bob");
    bob.get("/v1/me").expect(200);
    String token = invite(fixtures.bob);
    api.world.tick();

    Reply accepted = accept(token, NEW).expect(200);

    assertThat(accepted.at("/account/id")).isEqualTo(fixtures.bob.id().text());
    assertThat(accepted.header("Set-Cookie")).isEmpty();
    assertThat(accepted.header("Cache-Control")).isEqualTo("no-store");
    assertThat(api.trail().getFirst().action()).isEqualTo("invitation.accept");
    bob.get("/v1/me").problem(401, "unauthenticated");
    signIn(fixtures.bob.email(), NEW).expect(201);
    accept(token, "another good password").problem(401, "unauthenticated");
    signIn(fixtures.bob.email(), NEW).expect(201);
  }

  @Test
  void invitation_acceptedByManyAtOnce_worksForExactlyOne() {
    String token = invite(fixtures.bob);

    List<Reply> replies = Together.run(8, i -> accept(token, NEW + " " + i));

    assertThat(replies).filteredOn(reply -> reply.status == 200).hasSize(1);
    assertThat(replies)
        .filteredOn(reply -> reply.status != 200)
        .allSatisfy(reply -> reply.problem(401, "unauthenticated"));
    int winner = replies.indexOf(replies.stream().filter(r -> r.status == 200).findAny().get());
    signIn(fixtures.bob.email(), NEW + " " + winner).expect(201);
  }

  @Test
  void invitationsThatAreNotValid_areRefusedAlikeWithTheSameWork() {
    String used = invite(fixtures.bob);
    accept(used, NEW).expect(200);
    String replaced = invite(fixtures.bob);
    String expired = invite(fixtures.bob);
    api.world.pass(Duration.ofDays(3));
    String suspended = invite(fixtures.ada);
    suspend(fixtures.ada);

    String unlike = "";
    for (String token : List.of(used, replaced, expired, suspended, "unknown", "")) {
      int before = api.passwords.work.get();
      Reply refused = accept(token, NEW).problem(401, "unauthenticated");
      assertThat(api.passwords.work.get() - before).isEqualTo(1);
      unlike = unlike.isEmpty() ? told(refused) : unlike;
      assertThat(told(refused)).isEqualTo(unlike);
    }
  }

  @Test
  void invitation_aSecondBeforeItsEnd_isValid() {
    String token = invite(fixtures.bob);
    api.world.pass(Duration.ofDays(3).minusSeconds(1));
    accept(token, NEW).expect(200);
  }

  @Test
  void invitation_withAPasswordNobodyShouldChoose_staysValid() {
    String token = invite(fixtures.bob);
    accept(token, "short").problem(400, "invalid_request");
    accept(token, "password1234").problem(400, "invalid_request");
    accept(token, fixtures.bob.email()).problem(400, "invalid_request");
    anonymous
        .post("/v1/me/password", "{\"invitation\":\"%s\"}".formatted(token))
        .problem(400, "invalid_request");
    accept(token, NEW).expect(200);
  }

  @Test
  void invitation_fromAnotherOrigin_isRefused() {
    anonymous
        .with("Origin", "https://evil.example")
        .post("/v1/me/password", body("invitation", invite(fixtures.bob), NEW))
        .problem(403, "forbidden");
  }

  @Test
  void changedPassword_endsOtherSessionsAndGoesOnUnderAnotherToken() {
    Client here = session(signIn(fixtures.ada.email(), ADAS_PASSWORD));
    Client elsewhere = session(signIn(fixtures.ada.email(), ADAS_PASSWORD));
    String pending = invite(fixtures.ada);

    Reply changed = change(here, ADAS_PASSWORD, NEW).expect(200);

    assertThat(changed.at("/account/id")).isEqualTo(fixtures.ada.id().text());
    assertThat(api.trail().getFirst().action()).isEqualTo("password.change");
    here.get("/v1/me").problem(401, "unauthenticated");
    elsewhere.get("/v1/me").problem(401, "unauthenticated");
    Client next = session(changed);
    assertThat(next.get("/v1/me").expect(200).at("/csrf_token"))
        .isEqualTo(changed.at("/csrf_token"));
    accept(pending, "yet another password").problem(401, "unauthenticated");
    signIn(fixtures.ada.email(), ADAS_PASSWORD).problem(401, "unauthenticated");
    signIn(fixtures.ada.email(), NEW).expect(201);
  }

  @Test
  void changeOfPassword_withTheWrongOne_changesNothingAndIsCounted() {
    Client ada = session(signIn(fixtures.ada.email(), ADAS_PASSWORD));
    for (int i = 0; i < 10; i++) {
      api.world.tick();
      change(ada, "wrong", NEW).problem(401, "unauthenticated");
    }
    assertThat(api.trail().getFirst().reason()).isEqualTo("unauthenticated");
    ada.get("/v1/me").expect(200);
    Reply throttled = change(ada, ADAS_PASSWORD, NEW).problem(429, "rate_limited");
    assertThat(Integer.parseInt(throttled.header("Retry-After"))).isBetween(1, 120);
    signIn(fixtures.ada.email(), ADAS_PASSWORD).problem(429, "rate_limited");
    reauthenticate(ada, ADAS_PASSWORD).problem(429, "rate_limited");
    api.world.pass(Duration.ofMinutes(2));
    change(ada, ADAS_PASSWORD, NEW).expect(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"password\":\"eleven purple harbours\"}",
        "{\"current_password\":\"ada's own password\"}",
        "{\"current_password\":\"ada's own password\",\"password\":\"short\"}",
        "{\"current_password\":\"ada's own password\",\"password\":\"qwertyuiop12\"}",
        "{\"current_password\":\"\",\"password\":\"eleven purple harbours\"}",
        "{\"current_password\":\"ada's own password\",\"password\":\"eleven purple harbours\",\"x\":1}",
        "{\"current_password\":7,\"password\":\"eleven purple harbours\"}"
      })
  void changeOfPassword_thatIsNotWellFormed_isRefused(String body) {
    session(signIn(fixtures.ada.email(), ADAS_PASSWORD))
        .post("/v1/me/password", body)
        .problem(400, "invalid_request");
  }

  @Test
  void passwords_areNotForKeysNorWithoutTheCsrfToken() {
    String body = body("current_password", ADAS_PASSWORD, NEW);
    anonymous.post("/v1/me/password", body).problem(401, "unauthenticated");
    fixtures.as("key:memo").post("/v1/me/password", body).problem(403, "forbidden");
    operator.post("/v1/me/password", body).problem(403, "forbidden");
    operator
        .post("/v1/sessions/current/reauthenticate", "{\"password\":\"x\"}")
        .problem(403, "forbidden");
    Client cookieOnly =
        anonymous.with("Cookie", cookie(signIn(fixtures.ada.email(), ADAS_PASSWORD)));
    cookieOnly.post("/v1/me/password", body).problem(403, "csrf_failed");
    cookieOnly
        .post("/v1/sessions/current/reauthenticate", "{\"password\":\"x\"}")
        .problem(403, "csrf_failed");
  }

  @Test
  void key_inASessionWhosePasswordIsOlderThanAnHour_needsItAgain() {
    Client ada = session(signIn(fixtures.ada.email(), ADAS_PASSWORD));
    api.world.pass(Duration.ofHours(1));
    ada.post("/v1/keys", keyBody()).expect(201);

    api.world.pass(Duration.ofMillis(1));
    ada.post("/v1/keys", keyBody()).problem(403, "reauthentication_required");
    assertThat(api.trail().getFirst().reason()).isEqualTo("reauthentication_required");
    ada.get("/v1/keys").expect(200);

    Reply again = reauthenticate(ada, ADAS_PASSWORD).expect(200);
    assertThat(again.at("/account/id")).isEqualTo(fixtures.ada.id().text());
    Client fresh = session(again);
    fresh.post("/v1/keys", keyBody()).expect(201);
    api.world.pass(Duration.ofHours(1));
    fresh.post("/v1/keys", keyBody()).expect(201);
    api.world.pass(Duration.ofMillis(1));
    fresh.post("/v1/keys", keyBody()).problem(403, "reauthentication_required");
  }

  @Test
  void key_byAnOperatorKey_needsNoPassword() {
    api.world.pass(Duration.ofDays(30));
    fixtures.as("operator").get("/v1/me").expect(200);
    String body =
        "{\"product\":\"memo\",\"workspace\":\"%s\",\"account\":\"%s\"}"
            .formatted(fixtures.workspaceId(), fixtures.ada.id());
    operator.post("/v1/keys", body).expect(201);
  }

  @Test
  void reauthentication_replacesBothTokensAndKeepsTheSessionsAge() {
    Reply first = signIn(fixtures.ada.email(), ADAS_PASSWORD);
    Client before = session(first);
    api.world.pass(Duration.ofHours(10));

    Reply again = reauthenticate(before, ADAS_PASSWORD).expect(200);

    assertThat(cookie(again)).isNotEqualTo(cookie(first));
    assertThat(again.at("/csrf_token")).isNotEqualTo(first.at("/csrf_token"));
    assertThat(again.header("Set-Cookie")).contains("; Path=/; HttpOnly; SameSite=Lax");
    before.get("/v1/me").problem(401, "unauthenticated");
    Client now = session(again);
    for (int hours = 10; hours < 168; hours += 10) {
      now.get("/v1/me").expect(200);
      api.world.pass(Duration.ofHours(10));
    }
    now.get("/v1/me").problem(401, "unauthenticated");
  }

  @Test
  void reauthentication_withTheWrongPassword_leavesTheSessionAsItWas() {
    Client ada = session(signIn(fixtures.ada.email(), ADAS_PASSWORD));
    api.world.pass(Duration.ofHours(2));
    Reply wrong = reauthenticate(ada, "wrong").problem(401, "unauthenticated");
    assertThat(wrong.header("Set-Cookie")).isEmpty();
    ada.get("/v1/me").expect(200);
    ada.post("/v1/keys", keyBody()).problem(403, "reauthentication_required");
  }

  @Test
  void signIn_withACookieAlready_drawsAnother() {
    String planted = "planted-by-somebody-else";
    Reply signedIn =
        anonymous
            .with("Cookie", "keyway_session=" + planted)
            .post("/v1/sessions", credentials(fixtures.ada.email(), ADAS_PASSWORD))
            .expect(201);
    assertThat(cookie(signedIn)).doesNotContain(planted);
    anonymous
        .with("Cookie", "keyway_session=" + planted)
        .get("/v1/me")
        .problem(401, "unauthenticated");
  }

  @Test
  void suspension_endsTheSessionAndLeavesNoWayBackIn() {
    Client ada = session(signIn(fixtures.ada.email(), ADAS_PASSWORD));
    suspend(fixtures.ada);
    ada.get("/v1/me").problem(401, "unauthenticated");
    signIn(fixtures.ada.email(), ADAS_PASSWORD).problem(401, "unauthenticated");
    operator.post(invitations(fixtures.ada), "{}").problem(409, "conflict");
  }

  private String invite(Account account) {
    return tokenOf(operator.post(invitations(account), "{}").expect(201));
  }

  private static String tokenOf(Reply invited) {
    return URI.create(invited.at("/url")).getFragment();
  }

  private static String invitations(Account account) {
    return "/v1/accounts/" + account.id() + "/invitations";
  }

  private Reply accept(String token, String password) {
    return anonymous.post("/v1/me/password", body("invitation", token, password));
  }

  private Reply change(Client client, String current, String wanted) {
    api.world.tick();
    return client.post("/v1/me/password", body("current_password", current, wanted));
  }

  private Reply reauthenticate(Client client, String password) {
    return client.post(
        "/v1/sessions/current/reauthenticate", "{\"password\":\"%s\"}".formatted(password));
  }

  private Reply signIn(String email, String password) {
    api.world.tick();
    return anonymous.post("/v1/sessions", credentials(email, password));
  }

  private Client session(Reply signedIn) {
    return anonymous
        .with("Cookie", cookie(signedIn))
        .with("X-CSRF-Token", signedIn.at("/csrf_token"));
  }

  private void suspend(Account account) {
    var patch = new AccountStore.Patch(null, null, Account.Status.SUSPENDED);
    api.stores
        .accounts()
        .update(account.id(), patch, api.world.tick(), Precondition.NONE, api.world.event());
  }

  private String keyBody() {
    return "{\"product\":\"memo\",\"workspace\":\"" + fixtures.workspaceId() + "\"}";
  }

  private static String told(Reply refused) {
    return refused.at("/detail") + refused.at("/title") + refused.header("WWW-Authenticate");
  }

  private static String body(String field, String value, String password) {
    return "{\"%s\":\"%s\",\"password\":\"%s\"}".formatted(field, value, password);
  }

  private static String credentials(String email, String password) {
    return "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password);
  }

  private static String cookie(Reply signedIn) {
    return signedIn.header("Set-Cookie").replaceAll(";.*", "");
  }
}
