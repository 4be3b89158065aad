package dev.keyway.server.api;

import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.RevokeApiKeys;
import dev.keyway.server.http.Request;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/keys/revoke}: revokes many keys as one change. */
final class RevokeKeysHandler implements Operation {
  private final RevokeApiKeys revokeApiKeys;

  RevokeKeysHandler(RevokeApiKeys revokeApiKeys) {
    this.revokeApiKeys = revokeApiKeys;
  }

  @Override
  public boolean narrows(Request request) {
    return true;
  }

  @Override
  public Answer answer(Call call) {
    Body body = call.body(Body.class);
    ApiKeyId maker =
        body.createdByKey == null ? null : KeyIds.inField("created_by_key", body.createdByKey);
    return RevocationJson.answer(
        revokeApiKeys.execute(
            call.caller(),
            new RevokeApiKeys.Command(
                Fields.required("product", body.product),
                body.workspace,
                body.account,
                maker,
                body.reason)));
  }

  private record Body(
      @Nullable String product,
      @Nullable String workspace,
      @Nullable String account,
      @Nullable String createdByKey,
      @Nullable String reason) {}
}
