package dev.keyway.app.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.app.assembly.FaultyTransactions.Fault;
import dev.keyway.app.assembly.TestNode.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * For every use case, each of its calls of the database fails in turn: the answer is 503 or true,
 * nothing is half done, and no key is accepted or refused that should not be.
 */
@DisplayName("The n-th database call fails")
class FailingCallTest {
  private static final int MAX_CALLS = 60;

  /** By then a change is in effect whose caller was told that nothing is known of it. */
  private static final Duration SETTLING = Duration.ofSeconds(5);

  private static final String TRANSCRIPTIONS = "/memo/api/v1/developer/transcriptions";
  private static final Set<String> OUTAGES =
      Set.of("unavailable", "revocation_unconfirmed", "cannot_verify");

  @TempDir Path folder;
  private TestNode node;
  private int next;

  @BeforeEach
  void start() {
    node = new TestNode(folder, () -> Instant.now().truncatedTo(ChronoUnit.MILLIS));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /** What a use case acts on, made anew for each try. */
  private record World(
      String owner, String member, String workspace, String resource, String key, String secret) {}

  /** A use case: what is sent, given a world. */
  private interface UseCase extends Function<World, Reply> {}

  @TestFactory
  @DisplayName(
      "ALL-5 every management call, sign-in and verification: true or 503, never half done")
  Stream<DynamicTest> anyUseCase_anyDatabaseCallFails_isTrueOrAnOutage() {
    return Stream.of(Fault.values())
        .flatMap(fault ->
            useCases().entrySet().stream()
                .map(one ->
                    DynamicTest.dynamicTest(
                        one.getKey() + ", " + fault, () -> failEach(one.getValue(), fault))));
  }

  private Map<String, UseCase> useCases() {
    var cases = new LinkedHashMap<String, UseCase>();
    cases.put("account.create", _ -> post("/v1/accounts", account()));
    cases.put("account.update", it -> patch("/v1/accounts/" + it.member, "{\"name\":\"N\"}"));
    cases.put(
        "account.suspend", it -> patch("/v1/accounts/" + it.member, "{\"status\":\"suspended\"}"));
    cases.put("account.delete", it -> delete("/v1/accounts/" + it.member));
    cases.put("accounts.list", _ -> get("/v1/accounts?product=memo"));
    cases.put("workspace.create", it -> post("/v1/workspaces", workspace(it.owner)));
    cases.put(
        "workspace.downgrade",
        it -> patch("/v1/workspaces/" + it.workspace, "{\"plan\":\"free\"}"));
    cases.put(
        "workspace.rename", it -> patch("/v1/workspaces/" + it.workspace, "{\"name\":\"N\"}"));
    cases.put("workspace.delete", it -> delete("/v1/workspaces/" + it.workspace));
    cases.put("member.put", it -> put(member(it), "{\"role\":\"owner\"}"));
    cases.put("member.remove", it -> delete(member(it)));
    cases.put("resource.create", it -> post("/v1/resources", resource(it.workspace)));
    cases.put("resource.delete", it -> delete("/v1/resources/" + it.resource));
    cases.put("key.create", it -> post("/v1/keys", key(it)));
    cases.put("key.get", it -> get("/v1/keys/" + it.key));
    cases.put("key.list", _ -> get("/v1/keys?product=memo"));
    cases.put("key.describe", it -> patch("/v1/keys/" + it.key, "{\"name\":\"N\"}"));
    cases.put(
        "key.expireEarlier",
        it -> patch("/v1/keys/" + it.key, "{\"expires_at\":\"2099-01-01T00:00:00Z\"}"));
    cases.put("key.revoke", it -> post("/v1/keys/" + it.key + "/revoke", "{\"reason\":\"r\"}"));
    cases.put(
        "keys.revoke",
        it ->
            post(
                "/v1/keys/revoke",
                "{\"product\":\"memo\",\"workspace\":\"%s\",\"reason\":\"r\"}"
                    .formatted(it.workspace)));
    cases.put("key.verify", it -> post("/v1/keys/verify", "{\"key\":\"%s\"}".formatted(it.secret)));
    cases.put("gateway", it -> node.knock(TRANSCRIPTIONS, it.secret));
    cases.put("audit.list", it -> get("/v1/audit?key=" + it.key));
    cases.put(
        "me by key",
        it -> node.callAs("GET", "/v1/me", null, "Authorization", "Bearer " + it.secret));
    cases.put("operatorKey.create", _ -> post("/v1/operator-keys", operatorKey()));
    next++;
    String email = "signs-in" + next + "@memo.example";
    var _ = node.person("memo", email);
    cases.put("session.create", _ -> signIn(email));
    cases.put("refused call", _ -> post("/v1/accounts", "{\"product\":\"memo\",\"nonsense\":1}"));
    return cases;
  }

  /** Fails call after call until one try needs no more of them. */
  private void failEach(UseCase useCase, Fault fault) {
    for (int call = 1; call < MAX_CALLS; call++) {
      World world = world();
      List<String> before = node.content();
      node.failAt(call, fault);
      Reply reply = useCase.apply(world);
      boolean failed = node.stopFailing();
      String what = "call %d: %s".formatted(call, reply);
      check(reply, fault, before, what);
      if (fault == Fault.DONE_UNHEARD && reply.status() == 503) {
        awaitNothingUnconfirmed(what);
      }
      checkKey(world, what);
      if (!failed) {
        assertThat(reply.status()).as(what).isNotEqualTo(500);
        return;
      }
    }
    throw new AssertionError("more than " + MAX_CALLS + " calls of the database");
  }

  private void check(Reply reply, Fault fault, List<String> before, String what) {
    String code = reply.text("/code");
    assertThat(reply.status()).as(what).isNotIn(401, 403, 404, 500);
    if (reply.status() == 503 && !code.equals("upstream_not_configured")) {
      assertThat(OUTAGES).as(what).contains(code);
      assertThat(reply.headers()).as(what).containsKey("retry-after");
    }
    if (fault == Fault.NOT_DONE && code.equals("unavailable")) {
      assertWholeOrNothing(before, what);
    }
  }

  /**
   * An outage may also strike when all is done and only the answer was still to be read. Then all
   * is there: the change has effect, and the trail has its one row.
   */
  private void assertWholeOrNothing(List<String> before, String what) {
    List<String> added = new ArrayList<>(node.content());
    added.removeAll(before);
    added.removeIf(row -> before.contains(unconfirmed(row)));
    if (added.isEmpty()) {
      return;
    }
    String which = what + " left " + added;
    assertThat(added).as(which).filteredOn(row -> row.startsWith("audit_event{")).hasSize(1);
    assertThat(added)
        .as(which)
        .filteredOn(row -> row.startsWith("change{"))
        .hasSize(1)
        .noneMatch(row -> row.contains("effective_at=null"));
  }

  /**
   * A change can be committed after its caller has given up waiting; the node finds it by itself.
   */
  private void awaitNothingUnconfirmed(String what) {
    Instant deadline = Instant.now().plus(SETTLING);
    while (node.content().stream().anyMatch(FailingCallTest::isUnconfirmed)) {
      assertThat(Instant.now()).as("not in effect: %s", what).isBefore(deadline);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  /** An earlier try's change as it was before the node, by itself, confirmed it meanwhile. */
  private static String unconfirmed(String row) {
    return row.startsWith("change{")
        ? row.replaceFirst("effective_at=[0-9]+", "effective_at=null")
        : row;
  }

  private static boolean isUnconfirmed(String row) {
    return row.startsWith("change{") && row.contains("effective_at=null");
  }

  /** The key's row, the trail and both doors say the same, whatever was done. */
  private void checkKey(World world, String what) {
    Reply row = get("/v1/keys/" + world.key);
    String code = post("/v1/keys/verify", "{\"key\":\"%s\"}".formatted(world.secret)).text("/code");
    if (row.status() == 404) {
      assertThat(code).as(what).isNotEqualTo("valid");
      return;
    }
    String status = row.text("/status");
    assertThat(status).as(what).isIn("active", "revoked", "deactivated");
    Reply knocked = node.knock(TRANSCRIPTIONS, world.secret);
    if (status.equals("active")) {
      assertThat(code).as(what).isIn("valid", "plan_required");
      assertThat(knocked.text("/code"))
          .as(what)
          .isIn("upstream_not_configured", "api_access_denied");
    } else {
      assertThat(code).as(what).isEqualTo(status);
      assertThat(knocked.status()).as(what).isEqualTo(401);
    }
    long revokes = audited(world.key, "key.revoke");
    if (row.text("/status").equals("revoked")) {
      assertThat(row.body().at("/revoked_at").isNull()).as(what).isFalse();
    } else {
      assertThat(revokes).as(what).isZero();
    }
  }

  private long audited(String key, String action) {
    return get("/v1/audit?key=" + key)
        .body()
        .at("/data")
        .valueStream()
        .filter(event -> event.at("/action").asText().equals(action))
        .filter(event -> event.at("/outcome").asText().equals("done"))
        .count();
  }

  private World world() {
    next++;
    String owner = node.account("memo", "owner" + next + "@memo.example").id().text();
    String member = node.account("memo", "member" + next + "@memo.example").id().text();
    String workspace = post("/v1/workspaces", workspace(owner)).text("/id");
    put("/v1/workspaces/" + workspace + "/members/" + member, "{\"role\":\"member\"}");
    String resource = post("/v1/resources", resource(workspace)).text("/id");
    Reply key =
        post(
            "/v1/keys",
            "{\"product\":\"memo\",\"account\":\"%s\",\"workspace\":\"%s\"}"
                .formatted(member, workspace));
    assertThat(key.status()).as(key.toString()).isEqualTo(201);
    return new World(owner, member, workspace, resource, key.text("/key/id"), key.text("/secret"));
  }

  private String account() {
    return "{\"product\":\"memo\",\"email\":\"new%d@memo.example\",\"name\":\"N\"}".formatted(next);
  }

  private static String workspace(String owner) {
    return "{\"product\":\"memo\",\"name\":\"W\",\"plan\":\"pro\",\"owner\":\"%s\"}"
        .formatted(owner);
  }

  private static String resource(String workspace) {
    return "{\"product\":\"memo\",\"workspace\":\"%s\",\"kind\":\"project\",\"name\":\"P\"}"
        .formatted(workspace);
  }

  private static String key(World world) {
    return "{\"product\":\"memo\",\"account\":\"%s\",\"workspace\":\"%s\"}"
        .formatted(world.owner, world.workspace);
  }

  private static String operatorKey() {
    return "{\"name\":\"o\",\"rights\":[\"read\"]}";
  }

  private static String member(World world) {
    return "/v1/workspaces/" + world.workspace + "/members/" + world.member;
  }

  private Reply signIn(String email) {
    return node.callAs(
        "POST",
        "/v1/sessions",
        "{\"product\":\"memo\",\"email\":\"%s\",\"password\":\"%s\"}"
            .formatted(email, TestNode.PASSWORD));
  }

  private Reply get(String path) {
    return node.call("GET", path, null);
  }

  private Reply delete(String path) {
    return node.call("DELETE", path, null);
  }

  private Reply patch(String path, String json) {
    return node.call("PATCH", path, json);
  }

  private Reply put(String path, String json) {
    return node.call("PUT", path, json);
  }

  private Reply post(String path, String json) {
    return node.call("POST", path, json);
  }
}
