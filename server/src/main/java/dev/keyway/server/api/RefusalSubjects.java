package dev.keyway.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.KeyAccess;
import dev.keyway.core.audit.AuditEvent.Subject;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Principal;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.AccountStore;
import dev.keyway.core.tenancy.WorkspaceId;
import dev.keyway.core.tenancy.WorkspaceStore;
import dev.keyway.server.http.Json;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the row of a refused call is about: what the call named, in its path or its body, as far as
 * it exists for the caller, and otherwise what is the caller's own. So nobody writes rows into the
 * trail of others by naming them.
 */
final class RefusalSubjects {
  /** The form of ids and slugs. */
  private static final Pattern NAMED = Pattern.compile("[A-Za-z0-9_-]{1,40}");

  private final KeyAccess keyAccess;
  private final AccountStore accounts;
  private final WorkspaceStore workspaces;

  RefusalSubjects(KeyAccess keyAccess, AccountStore accounts, WorkspaceStore workspaces) {
    this.keyAccess = keyAccess;
    this.accounts = accounts;
    this.workspaces = workspaces;
  }

  Subject of(Call call) {
    String key = call.request().parameters().get("key");
    boolean seesKey =
        key != null
            && ApiKeyId.parse(key).filter(id -> keyAccess.sees(call.caller(), id)).isPresent();
    String shownKey = seesKey ? key : null;
    String account = named(call, "account");
    String workspace = named(call, "workspace");
    return switch (call.caller().principal()) {
      case Principal.Operator operator -> byOperator(operator, call, shownKey);
      case Principal.Person person -> {
        AccountId self = person.account().id();
        boolean isMember = isMember(workspace, self);
        boolean seesAccount =
            account != null && isMember && isMember(workspace, new AccountId(account));
        yield new Subject(
            person.account().product(),
            shownKey,
            seesAccount ? account : self.text(),
            isMember ? workspace : null);
      }
      case Principal.KeyHolder holder -> {
        WorkspaceId own = holder.key().workspace();
        yield new Subject(
            holder.key().product(),
            shownKey,
            holder.key().createdBy().text(),
            own == null ? null : own.text());
      }
    };
  }

  /** What is the caller's own, whatever the call named. */
  static Subject own(Principal principal) {
    return switch (principal) {
      case Principal.Operator _ -> Subject.NONE;
      case Principal.Person person ->
          new Subject(person.account().product(), null, person.account().id().text(), null);
      case Principal.KeyHolder holder -> {
        WorkspaceId workspace = holder.key().workspace();
        yield new Subject(
            holder.key().product(),
            holder.key().id().toString(),
            holder.key().createdBy().text(),
            workspace == null ? null : workspace.text());
      }
    };
  }

  private Subject byOperator(Principal.Operator operator, Call call, @Nullable String key) {
    String product = named(call, "product");
    String account = named(call, "account");
    String workspace = named(call, "workspace");
    boolean seesAccount =
        account != null
            && accounts
                .find(new AccountId(account))
                .filter(found -> Access.covers(operator, found.product()))
                .isPresent();
    boolean seesWorkspace =
        workspace != null
            && workspaces
                .find(new WorkspaceId(workspace))
                .filter(found -> Access.covers(operator, found.product()))
                .isPresent();
    return new Subject(
        product != null && Access.covers(operator, product) ? product : null,
        key,
        seesAccount ? account : null,
        seesWorkspace ? workspace : null);
  }

  private boolean isMember(@Nullable String workspace, AccountId account) {
    return workspace != null && workspaces.role(new WorkspaceId(workspace), account).isPresent();
  }

  /** What the path names, or a field of the body. */
  private static @Nullable String named(Call call, String name) {
    String inPath = call.request().parameters().get(name);
    if (inPath != null) {
      return formed(inPath);
    }
    JsonNode body = Json.peek(call.request().body());
    return body != null && body.path(name).isTextual() ? formed(body.path(name).asText()) : null;
  }

  private static @Nullable String formed(String text) {
    return NAMED.matcher(text).matches() ? text : null;
  }
}
