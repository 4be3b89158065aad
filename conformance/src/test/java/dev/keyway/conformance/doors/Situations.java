package dev.keyway.conformance.doors;

import dev.keyway.conformance.doors.Way.Question;
import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.KeyForm;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.Tenants.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request can come with, and what becomes of it. */
final class Situations {
  /** Where a request from a page is sent, and the page's address without its query. */
  static final String FROM_A_PAGE = "/items/4";

  static final String PAGE = "https://app.example/p";

  private static final String FORGED = "Keyway-Key-Id: forged";

  private final Tenants tenants;
  private final Workspace workspace;
  private final NewKey memo;
  private final NewKey lake;
  private final List<Refused> refused = new ArrayList<>();
  private final List<Passed> passed = new ArrayList<>();

  /**
   * A request that is refused.
   *
   * @param expected status and code
   */
  record Refused(String name, String product, Question question, String expected) {}

  /**
   * A request that passes.
   *
   * @param path without the query
   * @param seen the target that the upstream gets
   * @param workspace of the key; null for none
   */
  record Passed(
      String name,
      String product,
      NewKey key,
      @Nullable String workspace,
      Question question,
      String path,
      String seen) {}

  Situations(Tenants tenants) {
    this.tenants = tenants;
    this.workspace = tenants.workspace("memo", "pro");
    this.memo = memoKey();
    this.lake = tenants.key("memorylake", tenants.account("memorylake"));
    credentials();
    ends();
    targets();
    passes();
  }

  List<Refused> refused() {
    return refused;
  }

  List<Passed> passed() {
    return passed;
  }

  /** A new key that may. */
  NewKey memoKey() {
    return tenants.key(workspace, workspace.owner());
  }

  private void credentials() {
    refuse("no credential", Question.get("/items"), "401 missing_key");
    refuse("blank", Question.get("/items", "Authorization: "), "401 missing_key");
    refuse("malformed", Question.get("/items", bearer("mk_live_short")), "401 invalid_key");
    refuse(
        "unknown",
        Question.get("/items", bearer(KeyForm.neverIssued("mk_live_"))),
        "401 invalid_key");
    refuse(
        "wrong secret",
        Question.get("/items", bearer(KeyForm.withOtherSecret(memo.secret()))),
        "401 invalid_key");
    refuse(
        "place not accepted",
        Question.get("/items", "X-API-Key: " + memo.secret()),
        "401 invalid_key");
    refuse("another product's", Question.get("/items", bearer(lake.secret())), "401 invalid_key");
    refuse("query", Question.get("/items?apikey=" + memo.secret()), "401 key_in_query");
    refuse(
        "query and header",
        Question.get("/items?x=" + memo.secret(), bearer(memo.secret())),
        "401 key_in_query");
    refuse(
        "two places",
        Question.get("/items", bearer(memo.secret()), "X-API-Key: " + memo.secret()),
        "400 invalid_request");
    refuse(
        "doubled",
        Question.get("/items", bearer(memo.secret()), bearer(memo.secret())),
        "400 invalid_request");
    refuse(
        "comma-joined",
        Question.get("/items", bearer(memo.secret() + ", Bearer x")),
        "400 invalid_request");
    refused.add(
        new Refused(
            "two places, one accepted in the query",
            "memorylake",
            Question.get("/items?apikey=" + lake.secret(), bearer(lake.secret())),
            "400 invalid_request"));
  }

  private void ends() {
    NewKey revoked = memoKey();
    tenants.revoke(revoked.id());
    refuse("revoked", Question.get("/items", bearer(revoked.secret())), "401 invalid_key");
    String member = tenants.member("memo", workspace);
    NewKey orphan = tenants.key(workspace, member);
    tenants.remove(workspace, member).expect(200);
    refuse("deactivated", Question.get("/items", bearer(orphan.secret())), "401 invalid_key");
    NewKey expired =
        tenants.create(
            Json.of(
                "product",
                "memo",
                "account",
                workspace.owner(),
                "workspace",
                workspace.id(),
                "expires_at",
                Instant.now().plusSeconds(2).toString()));
    Eventually.holds(
        "expired",
        Duration.ofSeconds(20),
        () -> tenants.verifyCode(expired.secret()).equals("expired"));
    refuse("expired", Question.get("/items", bearer(expired.secret())), "401 invalid_key");
    Workspace free = tenants.workspace("memo", "free");
    NewKey downgraded = downgraded(free);
    refuse("plan", Question.get("/items", bearer(downgraded.secret())), "403 api_access_denied");
  }

  /** A plan without access makes no keys, so the key is older than the plan. */
  private NewKey downgraded(Workspace free) {
    tenants.plan(free, "pro").expect(200);
    NewKey key = tenants.key(free, free.owner());
    tenants.plan(free, "free").expect(200);
    return key;
  }

  private void targets() {
    String key = bearer(memo.secret());
    refuse("out of scope", Question.get("/spaces/ws_other", key), "403 out_of_scope");
    refuse("no route", Question.get("/nowhere", key), "404 not_found");
    refuse("no route, no key", Question.get("/nowhere"), "404 not_found");
    refuse("method", new Question("DELETE", "/items", List.of(key), ""), "405 method_not_allowed");
    refuse("dots", Question.get("/items/../secret", key), "400 invalid_request");
    refuse("escaped dots", Question.get("/items/%2e%2e/secret", key), "400 invalid_request");
    refuse("empty segment", Question.get("/items//secret", key), "400 invalid_request");
    refuse("escaped slash", Question.get("/items/a%2fb", key), "400 invalid_request");
    // Without the key's parameter, wherever its text stands, this is another's path.
    String shown = "apikey=" + lake.secret();
    for (String hidden : List.of("." + shown + ".", "." + shown + "a/..")) {
      refused.add(
          new Refused(
              "the query's key in the path: " + hidden.replace(lake.secret(), "KEY"),
              "memorylake",
              Question.get("/items/own/" + hidden + "/other?" + shown),
              "400 invalid_request"));
    }
    refuse(
        "discovery", Question.get("/.well-known/oauth-protected-resource", key), "404 not_found");
  }

  private void passes() {
    String key = bearer(memo.secret());
    pass("GET", Question.get("/items/1?a=b&c=%20d", key), "/items/1", "/items/1?a=b&c=%20d");
    pass(
        "POST with a body",
        new Question("POST", "/items", List.of(key), "a body"),
        "/items",
        "/items");
    pass(
        "forged fields",
        Question.get(
            "/items",
            key,
            FORGED,
            "keyway_key_id: forged",
            "Keyway-Identity: forged",
            "Keyway-Target: /forged",
            "Keyway-Resource-Id: forged",
            "X-Original-URL: /forged",
            "X-Forwarded-Prefix: /forged",
            "X_Original_Url: /forged",
            "X_Http_Method_Override: forged",
            "X-HTTP_Method-Override: forged",
            "X_Api_Key: forged",
            "Proxy_Authorization: forged"),
        "/items",
        "/items");
    pass(
        "options that name what Keyway says",
        Question.get(
            "/items/2",
            key,
            "Connection: close, Keyway-Workspace-Id, keyway-key-id,Keyway-Account-Id",
            "Connection: Keyway-Request-Id, X-Forwarded-Uri"),
        "/items/2",
        "/items/2");
    pass(
        "Keyway's own cookies",
        Question.get("/items/3", key, "Cookie: __Host-keyway=forged; KEYWAY_session=forged; a=b"),
        "/items/3",
        "/items/3");
    pass(
        "the address of the page",
        Question.get(FROM_A_PAGE, key, "Referer: " + PAGE + "?apikey=" + memo.secret()),
        FROM_A_PAGE,
        FROM_A_PAGE);
    String scoped = "/spaces/" + workspace.id() + "/x";
    pass("own scope", Question.get(scoped, key), scoped, scoped);
    pass("signed", Question.get("/signed", key), "/signed", "/signed");
    lake("query", "/items/1?a=b&apikey=" + lake.secret() + "&c=d", "/items/1?a=b&c=d");
    lake("query alone", "/items/1?apikey=" + lake.secret(), "/items/1");
    lake(
        "query that would be read by a proxy",
        "/items/1?a={x}&apikey=" + lake.secret(),
        "/items/1?a={x}");
    lake("escaped name", "/items/1?api%6Bey=" + lake.secret() + "&c=d", "/items/1?c=d");
  }

  private void lake(String name, String target, String seen) {
    passed.add(
        new Passed(name, "memorylake", lake, null, Question.get(target, FORGED), "/items/1", seen));
  }

  private void pass(String name, Question question, String path, String seen) {
    passed.add(new Passed(name, "memo", memo, workspace.id(), question, path, seen));
  }

  private void refuse(String name, Question question, String expected) {
    refused.add(new Refused(name, "memo", question, expected));
  }

  private static String bearer(String secret) {
    return "Authorization: Bearer " + secret;
  }
}
