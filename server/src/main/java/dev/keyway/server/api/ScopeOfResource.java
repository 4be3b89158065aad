package dev.keyway.server.api;

import dev.keyway.core.apikey.ScopeKind;
import dev.keyway.core.product.Product;
import dev.keyway.core.tenancy.Resource;
import dev.keyway.core.tenancy.ResourceId;
import dev.keyway.core.tenancy.ResourceStore;
import dev.keyway.core.tenancy.WorkspaceId;
import java.util.Optional;

/** Finds the scope a key needs for a resource: the resource itself, or whose it is (MEKO-7). */
final class ScopeOfResource {
  private final ResourceStore resources;

  ScopeOfResource(ResourceStore resources) {
    this.resources = resources;
  }

  /** The id that a key's scope must have; that of the resource itself when it is nobody's. */
  String of(Product product, String resource) {
    if (product.key().scope() == ScopeKind.RESOURCE) {
      return resource;
    }
    Optional<Resource> found =
        resources
            .find(new ResourceId(resource))
            .filter(candidate -> candidate.product().equals(product.slug()));
    // An unknown resource names a scope that no key of an account or a workspace has.
    return found.map(ScopeOfResource::owner).orElse(resource);
  }

  private static String owner(Resource resource) {
    WorkspaceId workspace = resource.workspace();
    var account = resource.account();
    if (workspace != null) {
      return workspace.text();
    }
    return account == null ? resource.id().text() : account.text();
  }
}
