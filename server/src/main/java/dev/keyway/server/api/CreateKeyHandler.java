package dev.keyway.server.api;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.apikey.CreateApiKey;
import dev.keyway.core.apikey.ListedKey;
import dev.keyway.core.apikey.NewApiKey;
import dev.keyway.server.http.JsonObject;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/keys}: creates a key and shows its secret, once. */
final class CreateKeyHandler implements Operation {
  private final CreateApiKey createApiKey;
  private final KeyJson keyJson;
  private final EndpointUrls endpointUrls;

  CreateKeyHandler(CreateApiKey createApiKey, KeyJson keyJson, EndpointUrls endpointUrls) {
    this.createApiKey = createApiKey;
    this.keyJson = keyJson;
    this.endpointUrls = endpointUrls;
  }

  @Override
  public Answer answer(Call call) {
    Body body = call.body(Body.class);
    NewApiKey created =
        createApiKey.execute(
            call.caller(),
            new CreateApiKey.Command(
                Fields.required("product", body.product),
                body.account,
                body.workspace,
                body.resource,
                body.name,
                body.description,
                body.expiresIn,
                Fields.time("expires_at", body.expiresAt, Invalid::expiry)));
    String secret = created.secret().reveal();
    var json =
        new JsonObject()
            .put("key", keyJson.of(new ListedKey(created.key(), null)))
            .put("secret", secret)
            .putIfPresent("endpoint_url", endpointUrls.of(created.key().product(), secret));
    return Answer.created(json).withVersion(created.key().version());
  }

  private record Body(
      @Nullable String product,
      @Nullable String account,
      @Nullable String workspace,
      @Nullable String resource,
      @Nullable String name,
      @Nullable String description,
      @Nullable String expiresIn,
      @Nullable String expiresAt) {}
}
