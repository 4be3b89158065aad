package dev.keyway.server.api;

import dev.keyway.core.tenancy.CreateResource;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/resources}: creates a resource. */
final class CreateResourceHandler implements Operation {
  private final CreateResource createResource;

  CreateResourceHandler(CreateResource createResource) {
    this.createResource = createResource;
  }

  @Override
  public Answer answer(Call call) {
    Body body = call.body(Body.class);
    var command =
        new CreateResource.Command(
            Fields.required("product", body.product),
            body.workspace,
            body.account,
            body.kind,
            body.name);
    return Answer.created(TenancyJson.of(createResource.execute(call.caller(), command)));
  }

  private record Body(
      @Nullable String product,
      @Nullable String workspace,
      @Nullable String account,
      @Nullable String kind,
      @Nullable String name) {}
}
