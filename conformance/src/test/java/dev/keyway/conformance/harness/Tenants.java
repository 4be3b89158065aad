package dev.keyway.conformance.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes accounts, workspaces, resources and keys of a test's own through an operator's management
 * calls.
 */
public final class Tenants {

  private final Api operator;

  /** Acts with the given operator's rights. */
  public Tenants(Api operator) {
    this.operator = operator;
  }

  /**
   * A workspace and the account that owns it.
   *
   * @param id {@code ws_…}
   * @param owner {@code acc_…}
   */
  public record Workspace(String id, String owner) {}

  /** A new account of the product; its e-mail is no one else's. */
  public String account(String product) {
    return operator.post("/v1/accounts", person(product)).expect(201).text("id");
  }

  /** The body that makes a new account of the product. */
  public ObjectNode person(String product) {
    String local = "t-" + UUID.randomUUID();
    return Json.of(
        "product", product, "email", local + "@conformance.example", "name", "Test " + local);
  }

  /** A new workspace of the product on this plan, with a new owner. */
  public Workspace workspace(String product, String plan) {
    String owner = account(product);
    JsonNode body =
        Json.of("product", product, "name", "Workspace of a test", "plan", plan, "owner", owner);
    return new Workspace(operator.post("/v1/workspaces", body).expect(201).text("id"), owner);
  }

  /** A new account that is a member of the workspace. */
  public String member(String product, Workspace workspace) {
    String account = account(product);
    join(workspace, account, "member").expect(200);
    return account;
  }

  /** Gives the account this role in the workspace. */
  public Answer join(Workspace workspace, String account, String role) {
    return operator.put(
        "/v1/workspaces/" + workspace.id() + "/members/" + account, Json.of("role", role));
  }

  /** Takes the account out of the workspace. */
  public Answer remove(Workspace workspace, String account) {
    return operator.delete("/v1/workspaces/" + workspace.id() + "/members/" + account);
  }

  /** Puts the workspace on another plan. */
  public Answer plan(Workspace workspace, String plan) {
    return operator.patch("/v1/workspaces/" + workspace.id(), Json.of("plan", plan));
  }

  /** A new resource of the account. */
  public String resource(String product, String account, String kind) {
    JsonNode body =
        Json.of(
            "product",
            product,
            "account",
            account,
            "kind",
            kind,
            "name",
            "A " + kind + " of a test");
    return operator.post("/v1/resources", body).expect(201).text("id");
  }

  /** A new key of the account, made with whatever the product asks of a key and nothing else. */
  public NewKey key(String product, String account) {
    return create(request(product, account));
  }

  /** A new key of the member in the workspace. */
  public NewKey key(Workspace workspace, String member) {
    return create(Json.of("product", "memo", "account", member, "workspace", workspace.id()));
  }

  /** A new MemoryLake key of the account for one project. */
  public NewKey projectKey(String account, String project) {
    return create(Json.of("product", "memorylake", "account", account, "resource", project));
  }

  /** A new key as the body asks. */
  public NewKey create(JsonNode body) {
    return NewKey.of(operator.post("/v1/keys", body));
  }

  /** The least body that makes a key of the product for the account. */
  public static ObjectNode request(String product, String account) {
    return switch (product) {
      case "meko" -> Json.of("product", product, "account", account, "name", "laptop/cursor");
      case "mecha" ->
          Json.of("product", product, "account", account, "name", "ci-runner", "expires_in", "30d");
      default -> Json.of("product", product, "account", account);
    };
  }

  /** Revokes a key and checks that the call said it is done. */
  public Answer revoke(String key) {
    return operator
        .post("/v1/keys/" + key + "/revoke", Json.of("reason", "conformance"))
        .expect(200);
  }

  /** What verify says of a key, without counting; the product and resource may be left out. */
  public Answer verify(String secret, @Nullable String product, @Nullable String resource) {
    JsonNode body =
        Json.of("key", secret, "product", product, "resource", resource, "count", false);
    return operator.post("/v1/keys/verify", body).expect(200);
  }

  /** The code that verify gives a key. */
  public String verifyCode(String secret) {
    return verify(secret, null, null).text("code");
  }
}
