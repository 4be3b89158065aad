package dev.keyway.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Tenants;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How a person gets a password, changes it and gives it again. */
@DisplayName("Contract: people")
final class PeopleContractTest {
  private static final String FIRST = "first password of a person";
  private static final String SECOND = "second password of a person";

  private final RunningKeyway keyway = RunningKeyway.shared();
  private final Api anonymous = keyway.anonymous();
  private final Api operator = keyway.operator();
  private final Tenants tenants = keyway.tenants();
  private final ObjectNode person = tenants.person("meko");
  private final String account = operator.post("/v1/accounts", person).expect(201).text("id");

  @Test
  void person_isInvitedSetsAPasswordSignsInAndMakesAKeyThatOpens() {
    Answer invited = operator.post(invitations()).expect(201);
    assertThat(invited.header("cache-control").orElse("")).contains("no-store");
    URI url = URI.create(invited.text("url"));
    assertThat(invited.text("url")).startsWith(withoutSlash(keyway.control()));
    assertThat(url.getRawQuery()).isNull();
    assertThat(Instant.parse(invited.text("expires_at")))
        .isBetween(
            Instant.now().plus(Duration.ofHours(71)), Instant.now().plus(Duration.ofHours(73)));
    signIn(FIRST).problem(401, "unauthenticated");

    assertThat(accept(url.getFragment(), FIRST).expect(200).text("account.id")).isEqualTo(account);

    Api session = session(signIn(FIRST));
    assertThat(session.get("/v1/me").expect(200).text("account.id")).isEqualTo(account);
    NewKey key =
        NewKey.of(session.post("/v1/keys", Json.of("product", "meko", "name", "laptop/people")));
    assertThat(tenants.verifyCode(key.secret())).isEqualTo("valid");
    tenants.revoke(key.id());
  }

  @Test
  void invitation_thatWasUsedReplacedOrNeverMade_isRefusedAlike() {
    String replaced = invite();
    String used = invite();
    accept(used, FIRST).expect(200);

    Answer again = accept(used, SECOND).problem(401, "unauthenticated");

    assertThat(stripped(accept(replaced, SECOND))).isEqualTo(stripped(again));
    assertThat(stripped(accept("neverMade", SECOND))).isEqualTo(stripped(again));
    signIn(SECOND).problem(401, "unauthenticated");
    signIn(FIRST);
  }

  @Test
  void invitation_acceptedByTwoAtOnce_worksForOne() throws Exception {
    String token = invite();
    List<Callable<Answer>> both = List.of(() -> accept(token, FIRST), () -> accept(token, SECOND));
    List<Answer> answers = new ArrayList<>();
    try (var pool = Executors.newFixedThreadPool(2)) {
      for (Future<Answer> answer : pool.invokeAll(both)) {
        answers.add(answer.get());
      }
    }
    assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 401);
    boolean firstWon = answers.getFirst().status() == 200;
    assertThat(signIn(firstWon ? FIRST : SECOND).status()).isEqualTo(201);
    signIn(firstWon ? SECOND : FIRST).problem(401, "unauthenticated");
  }

  @Test
  void invitation_ofASuspendedAccount_isAConflictAndOfAnUnknownOneNotFound() {
    String token = invite();
    operator.patch("/v1/accounts/" + account, Json.of("status", "suspended")).expect(200);
    operator.post(invitations()).problem(409, "conflict");
    accept(token, FIRST).problem(401, "unauthenticated");
    operator.post("/v1/accounts/acc_none/invitations").problem(404, "not_found");
    anonymous.post(invitations()).problem(401, "unauthenticated");
  }

  @Test
  void password_thatNobodyShouldChoose_isRefusedWithTheReasonAndTheInvitationStays() {
    String token = invite();
    assertThat(accept(token, "short").problem(400, "invalid_request").text("detail"))
        .contains("12");
    accept(token, person.at("/email").asText()).problem(400, "invalid_request");
    accept(token, "123456789012").problem(400, "invalid_request");
    accept(token, "x".repeat(1_025)).problem(400, "invalid_request");
    accept(token, FIRST).expect(200);
  }

  @Test
  void password_changed_endsTheOtherSessionsAndGivesThisOneNewTokens() {
    accept(invite(), FIRST).expect(200);
    Answer signedIn = signIn(FIRST);
    Api here = session(signedIn);
    Api elsewhere = session(signIn(FIRST));
    JsonNode change = Json.of("current_password", FIRST, "password", SECOND);
    anonymous
        .with("Cookie", Api.cookieOf(signedIn))
        .post("/v1/me/password", change)
        .problem(403, "csrf_failed");
    here.post("/v1/me/password", Json.of("current_password", "wrong", "password", SECOND))
        .problem(401, "unauthenticated");

    Answer changed = here.post("/v1/me/password", change).expect(200);

    here.get("/v1/me").problem(401, "unauthenticated");
    elsewhere.get("/v1/me").problem(401, "unauthenticated");
    session(changed).get("/v1/me").expect(200);
    signIn(FIRST).problem(401, "unauthenticated");
    signIn(SECOND);
  }

  @Test
  void reauthentication_givesNewTokensAndTheOldOnesAreWorthNothing() {
    accept(invite(), FIRST).expect(200);
    Api before = session(signIn(FIRST));
    String path = "/v1/sessions/current/reauthenticate";
    before.post(path, Json.of("password", "wrong")).problem(401, "unauthenticated");
    before.get("/v1/me").expect(200);

    Answer again = before.post(path, Json.of("password", FIRST)).expect(200);

    assertThat(again.text("account.id")).isEqualTo(account);
    before.get("/v1/me").problem(401, "unauthenticated");
    Api after = session(again);
    assertThat(after.get("/v1/me").expect(200).text("csrf_token"))
        .isEqualTo(again.text("csrf_token"));
    after.delete("/v1/sessions/current").expect(200);
    after.get("/v1/me").problem(401, "unauthenticated");
    operator.post(path, Json.of("password", FIRST)).problem(403, "forbidden");
  }

  @Test
  void suspension_endsTheSession() {
    accept(invite(), FIRST).expect(200);
    Api session = session(signIn(FIRST));
    operator.patch("/v1/accounts/" + account, Json.of("status", "suspended")).expect(200);
    session.get("/v1/me").problem(401, "unauthenticated");
    signIn(FIRST).problem(401, "unauthenticated");
  }

  @Test
  void wrongPasswords_areThrottledAlikeWhetherAnybodyHasTheEmail() {
    accept(invite(), FIRST).expect(200);
    String known = person.at("/email").asText();
    String unknown = tenants.person("meko").at("/email").asText();

    List<String> ofKnown = untilThrottled(known);
    List<String> ofUnknown = untilThrottled(unknown);

    assertThat(ofKnown).isEqualTo(ofUnknown).hasSizeBetween(2, 20);
    Answer right = signIn(FIRST).problem(429, "rate_limited");
    assertThat(Integer.parseInt(right.header("retry-after").orElseThrow())).isBetween(1, 120);
  }

  private List<String> untilThrottled(String email) {
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Answer answer =
          anonymous.post("/v1/sessions", Json.of("email", email, "password", "not this one"));
      answers.add(stripped(answer));
      if (answer.status() == 429) {
        return answers;
      }
      answer.problem(401, "unauthenticated");
    }
    throw new AssertionError("never throttled");
  }

  /** An answer without what every answer has of its own. */
  private static String stripped(Answer answer) {
    Map<String, List<String>> headers = new TreeMap<>(answer.headers());
    headers.keySet().removeAll(List.of("date", "keyway-request-id", "retry-after"));
    return answer.status()
        + " "
        + headers
        + " "
        + answer.body().replace(answer.header("keyway-request-id").orElseThrow(), "ID");
  }

  private String invite() {
    return URI.create(operator.post(invitations()).expect(201).text("url")).getFragment();
  }

  private String invitations() {
    return "/v1/accounts/" + account + "/invitations";
  }

  private Answer accept(String token, String password) {
    return anonymous.post("/v1/me/password", Json.of("invitation", token, "password", password));
  }

  private Answer signIn(String password) {
    return anonymous.post(
        "/v1/sessions", Json.of("email", person.at("/email").asText(), "password", password));
  }

  private Api session(Answer signedIn) {
    return anonymous
        .with("Cookie", Api.cookieOf(signedIn))
        .with("X-CSRF-Token", signedIn.text("csrf_token"));
  }

  private static String withoutSlash(URI url) {
    return url.toString().replaceAll("/$", "");
  }
}
