package dev.keyway.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.audit.AuditLog;
import dev.keyway.core.operator.Principal;
import dev.keyway.server.http.Json;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes the row of each refused call whose caller is known (ALL-6). Calls of unknown callers are
 * only counted: their number is an attacker's to choose.
 */
final class Refusals {
  /** What may stand in the trail of what a caller named: the form of ids and slugs. */
  private static final Pattern NAMED = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final AuditLog log;
  private final InstantSource clock;

  Refusals(AuditLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  void note(Call call, String action, String code) {
    var caller = call.caller();
    log.append(
        new AuditEvent(
            "aud_" + caller.requestId(),
            clock.instant(),
            action,
            AuditEvent.Outcome.REFUSED,
            caller.principal().actor(),
            caller.address(),
            caller.requestId(),
            subject(call),
            code));
  }

  /** What the call named, in its path or its body, and otherwise what is the caller's own. */
  private static AuditEvent.Subject subject(Call call) {
    var path = call.request().parameters();
    JsonNode body = Json.peek(call.request().body());
    AuditEvent.Subject own = own(call.caller().principal());
    return new AuditEvent.Subject(
        first(field(body, "product"), own.product()),
        first(named(path.get("key")), null),
        first(named(path.get("account")), first(field(body, "account"), own.account())),
        first(named(path.get("workspace")), first(field(body, "workspace"), own.workspace())));
  }

  private static AuditEvent.Subject own(Principal principal) {
    return switch (principal) {
      case Principal.Person person ->
          new AuditEvent.Subject(
              person.account().product(), null, person.account().id().text(), null);
      case Principal.KeyHolder holder -> {
        var workspace = holder.key().workspace();
        yield new AuditEvent.Subject(
            holder.key().product(),
            null,
            holder.key().createdBy().text(),
            workspace == null ? null : workspace.text());
      }
      case Principal.Operator _ -> AuditEvent.Subject.NONE;
    };
  }

  private static @Nullable String field(@Nullable JsonNode body, String name) {
    return body == null || !body.path(name).isTextual() ? null : named(body.path(name).asText());
  }

  private static @Nullable String named(@Nullable String text) {
    return text != null && NAMED.matcher(text).matches() ? text : null;
  }

  private static @Nullable String first(@Nullable String preferred, @Nullable String other) {
    return preferred != null ? preferred : other;
  }
}
