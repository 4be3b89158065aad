package dev.keyway.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.Precondition;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountStore;
import dev.keyway.server.api.Client.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nobody learns from a sign-in who has an account: not by text, header, status or work done. */
final class EnumerationTest {
  private static final String PASSWORD = "a password of several";

  private final RunningApi api = new RunningApi();
  private final Fixtures fixtures = new Fixtures(api);
  private final Client anonymous = Client.anonymous(api.url());
  private final Map<String, String> attempts = new LinkedHashMap<>();

  @BeforeEach
  void makePeople() {
    Account suspended = withPassword("memo", "suspended@example.com");
    var patch = new AccountStore.Patch(null, null, Account.Status.SUSPENDED);
    api.stores
        .accounts()
        .update(suspended.id(), patch, api.world.tick(), Precondition.NONE, api.world.event());
    Account deleted = withPassword("memo", "deleted@example.com");
    api.stores
        .accounts()
        .delete(deleted.id(), api.world.tick(), Precondition.NONE, api.world.event());
    for (String product : List.of("memo", "meko", "mecha", "memorylake")) {
      withPassword(product, "everywhere@example.com");
    }
    attempts.put("unknown e-mail", body("nobody@example.com", "wrong", null));
    attempts.put("wrong password", body(fixtures.ada.email(), "wrong", null));
    attempts.put("no password set", body(fixtures.bob.email(), "wrong", null));
    attempts.put("suspended", body("suspended@example.com", PASSWORD, null));
    attempts.put("deleted", body("deleted@example.com", PASSWORD, null));
    attempts.put("in four products", body("everywhere@example.com", "wrong", null));
    withPassword("memo", "memo@example.com");
    attempts.put("in another product", body("memo@example.com", PASSWORD, "meko"));
    withPassword("memo", "none@example.com");
    attempts.put("in no product", body("none@example.com", PASSWORD, "none"));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void signIns_thatFail_areAlikeToTheByteAndInTheWorkDone() {
    assertAlike(401);
  }

  @Test
  void signIns_thatFail_areThrottledAlike() {
    for (int i = 0; i < 10; i++) {
      assertAlike(401);
    }
    assertAlike(429);
  }

  @Test
  void signIn_withThePasswordOfSeveralProducts_asksForOneAfterOneComparison() {
    int before = api.passwords.work.get();
    Reply several =
        anonymous
            .post("/v1/sessions", body("everywhere@example.com", PASSWORD, null))
            .problem(400, "invalid_request");
    assertThat(several.at("/detail")).contains("memo", "meko", "mecha", "memorylake");
    assertThat(api.passwords.work.get() - before).isEqualTo(1);
    anonymous.post("/v1/sessions", body("everywhere@example.com", PASSWORD, "mecha")).expect(201);
  }

  private void assertAlike(int status) {
    List<String> seen = new ArrayList<>();
    attempts.forEach((name, body) -> {
      int before = api.passwords.work.get();
      Reply reply = anonymous.post("/v1/sessions", body).expect(status);
      int work = api.passwords.work.get() - before;
      assertThat(work).as(name).isEqualTo(status == 429 ? 0 : 1);
      seen.add(bytes(reply));
    });
    assertThat(Set.copyOf(seen)).as("%s", seen).hasSize(1);
  }

  /** All of an answer, apart from the id and the moment that every request has of its own. */
  private static String bytes(Reply reply) {
    String id = reply.header("Keyway-Request-Id");
    Map<String, List<String>> headers = new TreeMap<>(reply.headers());
    headers.remove("date");
    return (reply.status + " " + headers + " " + reply.text).replace(id, "ID");
  }

  private Account withPassword(String product, String email) {
    Account account = api.world.add(api.world.account(product, email, null));
    api.stores.passwords().set(account.id(), PlainPasswords.of(PASSWORD), api.world.event());
    return account;
  }

  private static String body(String email, String password, @Nullable String product) {
    String named = product == null ? "" : ",\"product\":\"%s\"".formatted(product);
    return "{\"email\":\"%s\",\"password\":\"%s\"%s}".formatted(email, password, named);
  }
}
