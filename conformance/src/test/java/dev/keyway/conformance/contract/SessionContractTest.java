package dev.keyway.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Tenants;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Sign-in, cookie, CSRF and what a signed-in person may see; uses the people of {@code demo.json}.
 */
@DisplayName("Contract: sessions")
final class SessionContractTest {

  private final RunningKeyway keyway = RunningKeyway.shared();
  private final Api anonymous = keyway.anonymous();
  private final JsonNode person = keyway.product("meko").at("/accounts/0");

  @Test
  void signIn_answersAccountAndToken_andSetsAStrictCookie() {
    Answer signedIn = signIn(credentials());
    assertThat(signedIn.status()).isIn(200, 201);
    assertThat(signedIn.text("account.id")).isEqualTo(person.at("/id").asText());
    assertThat(signedIn.text("csrf_token")).isNotBlank();
    String cookie = signedIn.header("set-cookie").orElseThrow();
    assertThat(cookie).startsWith("keyway_session=");
    assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax");
    assertThat(signedIn.header("cache-control").orElse("")).contains("no-store");
  }

  @Test
  void signIn_withTheWrongPassword_saysNothingMore() {
    Answer wrong = signIn(credentials().put("password", "wrong")).problem(401, "unauthenticated");
    Answer unknown =
        signIn(credentials().put("email", "nobody@meko.example")).problem(401, "unauthenticated");
    assertThat(wrong.text("detail")).isEqualTo(unknown.text("detail"));
    assertThat(wrong.header("set-cookie")).isEmpty();
  }

  @Test
  void signIn_fromAnotherOrigin_isRefused() {
    Answer foreign =
        anonymous.with("Origin", "https://evil.example").post("/v1/sessions", credentials());
    assertThat(foreign.status()).isEqualTo(403);
    assertThat(foreign.header("set-cookie")).isEmpty();
    String own = keyway.control().toString().replaceAll("/$", "");
    assertThat(anonymous.with("Origin", own).post("/v1/sessions", credentials()).status() / 100)
        .isEqualTo(2);
  }

  @Test
  void signIn_asAForm_isRefused() {
    anonymous
        .send("POST", "/v1/sessions", "application/x-www-form-urlencoded", "email=a&password=b")
        .problem(415, "unsupported_media_type");
  }

  @Test
  void me_ofASession_namesAccountProductAndToken() {
    Answer me = keyway.signIn("meko", person).get("/v1/me").expect(200);
    assertThat(me.text("account.id")).isEqualTo(person.at("/id").asText());
    assertThat(me.at("product").isMissingNode()).isFalse();
    assertThat(me.at("workspaces").isArray()).isTrue();
    assertThat(me.text("csrf_token")).isNotBlank();
  }

  @Test
  void mutatingCall_withoutOrWithAWrongCsrfToken_isRefused() {
    Answer signedIn = signIn(credentials());
    Api cookieOnly = anonymous.with("Cookie", Api.cookieOf(signedIn));
    JsonNode body = Json.of("product", "meko", "name", "laptop/csrf");
    cookieOnly.get("/v1/me").expect(200);
    cookieOnly.post("/v1/keys", body).problem(403, "csrf_failed");
    cookieOnly.with("X-CSRF-Token", "wrong").post("/v1/keys", body).problem(403, "csrf_failed");
    Answer created =
        cookieOnly
            .with("X-CSRF-Token", signedIn.text("csrf_token"))
            .post("/v1/keys", body)
            .expect(201);
    keyway.tenants().revoke(created.text("key.id"));
  }

  @Test
  void signOut_endsTheSession() {
    Api session = keyway.signIn("meko", person);
    session.get("/v1/me").expect(200);
    assertThat(session.delete("/v1/sessions/current").status()).isIn(200, 204);
    session.get("/v1/me").problem(401, "unauthenticated");
  }

  @Test
  void person_seesNoOtherAccountsKeysOrAccounts() {
    Api session = keyway.signIn("meko", person);
    Tenants tenants = keyway.tenants();
    String stranger = tenants.account("meko");
    String key = tenants.key("meko", stranger).id();
    session.get("/v1/keys/" + key).problem(404, "not_found");
    session.post("/v1/keys/" + key + "/revoke", Json.of()).problem(404, "not_found");
    assertThat(session.get("/v1/keys?product=meko&limit=100").expect(200).body())
        .doesNotContain(key);
    session.get("/v1/operator-keys").problem(403, "forbidden");
    session.post("/v1/accounts", tenants.person("meko")).problem(403, "forbidden");
  }

  private Answer signIn(JsonNode credentials) {
    return anonymous.post("/v1/sessions", credentials);
  }

  private ObjectNode credentials() {
    return Json.of(
        "product",
        "meko",
        "email",
        person.at("/email").asText(),
        "password",
        person.at("/password").asText());
  }
}
