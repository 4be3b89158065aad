package dev.keyway.server.api;

import dev.keyway.server.http.Handler;
import dev.keyway.server.http.Json;
import dev.keyway.server.http.Request;
import dev.keyway.server.http.Response;

/** {@code POST /v1/me/password}: by an invitation, or else by the session of who calls. */
final class SetPasswordHandler implements Handler {
  private final Handler byInvitation;
  private final Handler bySession;

  SetPasswordHandler(Handler byInvitation, Handler bySession) {
    this.byInvitation = byInvitation;
    this.bySession = bySession;
  }

  @Override
  public Response handle(Request request) {
    var body = Json.peek(request.body());
    boolean hasInvitation = body != null && body.hasNonNull("invitation");
    return (hasInvitation ? byInvitation : bySession).handle(request);
  }
}
