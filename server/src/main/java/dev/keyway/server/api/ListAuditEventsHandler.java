package dev.keyway.server.api;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.audit.ListAuditEvents;
import dev.keyway.core.audit.ListedEvent;
import dev.keyway.server.http.JsonObject;
import dev.keyway.server.http.Query;
import java.util.Set;

/** {@code GET /v1/audit}: shows the trail. */
final class ListAuditEventsHandler implements Operation {
  private static final Set<String> PARAMETERS =
      Call.listParameters("product", "key", "account", "workspace", "action", "from", "to");

  private final ListAuditEvents listAuditEvents;

  ListAuditEventsHandler(ListAuditEvents listAuditEvents) {
    this.listAuditEvents = listAuditEvents;
  }

  @Override
  public Set<String> parameters() {
    return PARAMETERS;
  }

  @Override
  public Answer answer(Call call) {
    Query query = call.query(this);
    var page =
        listAuditEvents.execute(
            call.caller(),
            new ListAuditEvents.Query(
                query.one("product"),
                query.one("key"),
                query.one("account"),
                query.one("workspace"),
                query.one("action"),
                Fields.time("from", query.one("from"), Invalid::request),
                Fields.time("to", query.one("to"), Invalid::request),
                Call.page(query)));
    return Answer.ok(JsonObject.page(page, ListAuditEventsHandler::row));
  }

  private static JsonObject row(ListedEvent listed) {
    AuditEvent event = listed.event();
    var subject = event.subject();
    return new JsonObject()
        .put("id", event.id())
        .put("at", event.at())
        .put("action", event.action())
        .put("outcome", event.outcome().text())
        .put(
            "actor",
            new JsonObject()
                .put("kind", event.actor().kind().text())
                .put("id", event.actor().id())
                .put("name", listed.actorName()))
        .put("address", event.address())
        .put("request_id", event.requestId())
        .putIfPresent("product", subject.product())
        .putIfPresent("key", subject.key())
        .putIfPresent("account", subject.account())
        .putIfPresent("workspace", subject.workspace())
        .putIfPresent("reason", event.reason());
  }
}
