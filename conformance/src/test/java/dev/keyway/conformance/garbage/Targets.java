package dev.keyway.conformance.garbage;

import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.Tenants;
import java.util.List;
import java.util.Map;

/** One of everything that a path can name, so that nothing is refused for not being there. */
final class Targets {

  private Targets() {}

  /** Ids at the bench, which has no workspaces of use. */
  static Map<String, String> ofBench(Tenants tenants, Api operator) {
    String account = tenants.account("echo");
    return Map.of(
        "account",
        account,
        "workspace",
        "ws_0123456789ab",
        "key",
        tenants.key("echo", account).id(),
        "resource",
        tenants.resource("scoped", tenants.account("scoped"), "project"),
        "operator_key",
        operatorKey(operator),
        "code",
        "nonsense");
  }

  /** Ids by the names of the document's placeholders, at the demo. */
  static Map<String, String> ids(Tenants tenants, Api operator) {
    Tenants.Workspace workspace = tenants.workspace("memo", "pro");
    String member = tenants.member("memo", workspace);
    return Map.of(
        "account",
        member,
        "workspace",
        workspace.id(),
        "key",
        tenants.key(workspace, member).id(),
        "resource",
        tenants.resource("meko", tenants.account("meko"), "datapack"),
        "operator_key",
        operatorKey(operator),
        "code",
        "nonsense");
  }

  private static String operatorKey(Api operator) {
    return operator
        .post("/v1/operator-keys", Json.of("name", "garbage", "rights", List.of("read")))
        .expect(201)
        .text("operator_key.id");
  }
}
