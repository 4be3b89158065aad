package dev.keyway.demo.modern;

import dev.keyway.demo.mcp.ToolSchema;
import dev.keyway.demo.web.Caller;
import dev.keyway.demo.web.Json;
import dev.keyway.demo.web.Reply;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells whom the gateway says the caller to be. */
final class WhoAmITool implements ModernTool {

  @Override
  public String name() {
    return "whoami";
  }

  @Override
  public String description() {
    return "Tells the identity that this call arrived with.";
  }

  @Override
  public ToolSchema schema() {
    return ToolSchema.arguments();
  }

  @Override
  public Reply call(RpcRequest request, Caller caller) {
    Map<String, @Nullable Object> identity =
        Json.ordered("key", caller.keyId(), "account", caller.accountId());
    identity.put("workspace", caller.workspaceId());
    identity.put("resource", caller.resourceId());
    return ModernMethods.result(request, Results.tool(Json.text(identity), identity));
  }
}
