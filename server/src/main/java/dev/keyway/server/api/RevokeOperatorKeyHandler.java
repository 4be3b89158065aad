package dev.keyway.server.api;

import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.OperatorKeyId;
import dev.keyway.core.operator.RevokeOperatorKey;
import dev.keyway.core.operator.Right;
import dev.keyway.server.http.Request;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/operator-keys/{operator_key}/revoke}: revokes an operator key. */
final class RevokeOperatorKeyHandler implements Operation {
  private final RevokeOperatorKey revokeOperatorKey;

  RevokeOperatorKeyHandler(RevokeOperatorKey revokeOperatorKey) {
    this.revokeOperatorKey = revokeOperatorKey;
  }

  @Override
  public boolean narrows(Request request) {
    return true;
  }

  @Override
  public Answer answer(Call call) {
    // Rights first: who may not revoke is not told what a precondition would do.
    Access.operator(call.caller(), Right.MANAGE);
    call.precondition().checkUnversioned();
    Body body = call.body(Body.class);
    var id = new OperatorKeyId(call.parameter("operator_key"));
    return RevocationJson.answer(revokeOperatorKey.execute(call.caller(), id, body.reason));
  }

  private record Body(@Nullable String reason) {}
}
