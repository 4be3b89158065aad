package dev.keyway.server.api;

import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Right;
import dev.keyway.core.tenancy.DeleteResource;
import dev.keyway.core.tenancy.ResourceId;
import dev.keyway.server.http.Request;

/** {@code DELETE /v1/resources/{resource}}: deletes a resource for good. */
final class DeleteResourceHandler implements Operation {
  private final DeleteResource deleteResource;

  DeleteResourceHandler(DeleteResource deleteResource) {
    this.deleteResource = deleteResource;
  }

  @Override
  public boolean narrows(Request request) {
    return true;
  }

  @Override
  public Answer answer(Call call) {
    // Rights first: who may not delete is not told what a precondition would do.
    Access.operator(call.caller(), Right.MANAGE);
    call.precondition().checkUnversioned();
    return RevocationJson.answer(
        deleteResource.execute(call.caller(), new ResourceId(call.parameter("resource"))));
  }
}
