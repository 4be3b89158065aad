package dev.keyway.core.tenancy;

import dev.keyway.core.RefusedException.Forbidden;
import dev.keyway.core.RefusedException.NotFound;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Principal;
import dev.keyway.core.operator.Right;
import java.util.Optional;

/** Who may do what with which workspace: operators of its product, and its owners. */
public final class WorkspaceAccess {
  private final WorkspaceStore workspaces;

  public WorkspaceAccess(WorkspaceStore workspaces) {
    this.workspaces = workspaces;
  }

  /** A workspace for an operator with a right over its product. */
  Workspace forOperator(Caller caller, WorkspaceId id, Right right) {
    var operator = Access.operator(caller, right);
    return find(id)
        .filter(workspace -> Access.covers(operator, workspace.product()))
        .orElseThrow(() -> notFound(id));
  }

  /** A workspace for an operator with a right over its product, or for one of its members. */
  Workspace forMember(Caller caller, WorkspaceId id, Right right) {
    return switch (caller.principal()) {
      case Principal.Operator _ -> forOperator(caller, id, right);
      case Principal.Person person ->
          workspaces
              .role(id, person.account().id())
              .flatMap(_ -> find(id))
              .orElseThrow(() -> notFound(id));
      case Principal.KeyHolder _ ->
          throw Forbidden.call("A key cannot look at workspaces; sign in instead.");
    };
  }

  /** A workspace for an operator with a right over its product, or for one of its owners. */
  public Workspace forOwner(Caller caller, WorkspaceId id, Right right) {
    return switch (caller.principal()) {
      case Principal.Operator _ -> forOperator(caller, id, right);
      case Principal.Person person -> {
        Role role = workspaces.role(id, person.account().id()).orElseThrow(() -> notFound(id));
        if (role != Role.OWNER) {
          throw Forbidden.call("Only an owner of the workspace or an operator can do this.");
        }
        yield find(id).orElseThrow(() -> notFound(id));
      }
      case Principal.KeyHolder _ ->
          throw Forbidden.call("A key cannot manage workspaces; sign in instead.");
    };
  }

  private Optional<Workspace> find(WorkspaceId id) {
    return workspaces.find(id);
  }

  static NotFound notFound(WorkspaceId id) {
    return new NotFound("The workspace '" + id + "'");
  }

  /** How the trail names what happened to a workspace. */
  static AuditEvent.Subject subject(Workspace workspace) {
    return new AuditEvent.Subject(workspace.product(), null, null, workspace.id().text());
  }

  /** How the trail names what happened to a member. */
  static AuditEvent.Subject subject(Workspace workspace, AccountId member) {
    return new AuditEvent.Subject(workspace.product(), null, member.text(), workspace.id().text());
  }
}
