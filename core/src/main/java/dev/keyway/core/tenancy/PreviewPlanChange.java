package dev.keyway.core.tenancy;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.apikey.ApiKeyStore;
import dev.keyway.core.apikey.KeyQuery;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Right;
import dev.keyway.core.product.Product;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Tells which keys of a workspace would stop working on another plan (MEMO-8); it changes nothing.
 */
public final class PreviewPlanChange {
  private final Access access;
  private final WorkspaceAccess workspaceAccess;
  private final ApiKeyStore keys;
  private final InstantSource clock;

  public PreviewPlanChange(
      Access access, WorkspaceAccess workspaceAccess, ApiKeyStore keys, InstantSource clock) {
    this.access = access;
    this.workspaceAccess = workspaceAccess;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * The plan and what it would end.
   *
   * @param api whether the plan includes API access
   */
  public record Result(String plan, boolean api, ConcernedKeys keys) {}

  public Result execute(Caller caller, WorkspaceId id, @Nullable String wanted) {
    Workspace workspace = workspaceAccess.forOwner(caller, id, Right.READ);
    Product product = access.product(workspace.product());
    if (wanted == null) {
      throw Invalid.request("Name the 'plan'.");
    }
    String plan = String.valueOf(Plans.of(product, wanted));
    boolean api = product.hasApiAccess(plan);
    // On a plan without API access nothing works already.
    boolean ends = !api && product.hasApiAccess(workspace.plan());
    return new Result(
        plan,
        api,
        ends
            ? ConcernedKeys.of(keys, KeyQuery.activeIn(id, null, clock.instant()))
            : ConcernedKeys.NONE);
  }
}
