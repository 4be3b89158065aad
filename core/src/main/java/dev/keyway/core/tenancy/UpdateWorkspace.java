package dev.keyway.core.tenancy;

import dev.keyway.core.Precondition;
import dev.keyway.core.Texts;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Narrowing;
import dev.keyway.core.change.Revocation;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Right;
import dev.keyway.core.product.Product;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Renames a workspace, or moves it to another plan, which takes effect at once (MEMO-8). */
public final class UpdateWorkspace {
  private final Access access;
  private final WorkspaceAccess workspaceAccess;
  private final WorkspaceStore workspaces;
  private final Narrowing narrowing;
  private final InstantSource clock;

  public UpdateWorkspace(
      Access access,
      WorkspaceAccess workspaceAccess,
      WorkspaceStore workspaces,
      Narrowing narrowing,
      InstantSource clock) {
    this.access = access;
    this.workspaceAccess = workspaceAccess;
    this.workspaces = workspaces;
    this.narrowing = narrowing;
    this.clock = clock;
  }

  /** What to change; null leaves a part as it is. */
  public record Command(
      WorkspaceId id, @Nullable String name, @Nullable String plan, Precondition precondition) {}

  /**
   * The workspace after the change.
   *
   * @param revocation since when the plan holds; null when no plan was named
   */
  public record Result(Workspace workspace, @Nullable Revocation revocation) {}

  public Result execute(Caller caller, Command command) {
    Workspace found =
        command.plan() == null
            ? workspaceAccess.forOwner(caller, command.id(), Right.MANAGE)
            : workspaceAccess.forOperator(caller, command.id(), Right.MANAGE);
    String name = command.name() == null ? null : Texts.line("name", command.name(), 200);
    String plan = command.plan();
    return plan == null
        ? rename(caller, found, name == null ? found.name() : name, command.precondition())
        : changePlan(caller, found, plan, name, command.precondition());
  }

  private Result rename(Caller caller, Workspace found, String name, Precondition precondition) {
    var event =
        caller.done("workspace.update", clock.instant(), WorkspaceAccess.subject(found), null);
    Workspace renamed =
        workspaces
            .rename(found.id(), name, precondition, event)
            .orElseThrow(() -> WorkspaceAccess.notFound(found.id()));
    return new Result(renamed, null);
  }

  private Result changePlan(
      Caller caller,
      Workspace found,
      String wanted,
      @Nullable String name,
      Precondition precondition) {
    Product product = access.product(found.product());
    String plan = String.valueOf(Plans.of(product, wanted));
    Instant now = clock.instant();
    String reason = found.plan() + " to " + plan;
    var event = caller.done("workspace.change_plan", now, WorkspaceAccess.subject(found), reason);
    // Judged by what is taken away, not by what stood before: two changes may cross.
    var direction = product.hasApiAccess(plan) ? Change.Direction.WIDENS : Change.Direction.NARROWS;
    Revocation revocation =
        workspaces
            .changePlan(found.id(), plan, name, direction, now, precondition, event)
            .map(narrowing::confirm)
            .orElseThrow(() -> WorkspaceAccess.notFound(found.id()));
    Workspace changed =
        workspaces.find(found.id()).orElseThrow(() -> WorkspaceAccess.notFound(found.id()));
    return new Result(changed, revocation);
  }
}
