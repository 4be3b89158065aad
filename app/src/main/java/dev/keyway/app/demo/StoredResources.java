package dev.keyway.app.demo;

import dev.keyway.core.PageRequest;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.Resource;
import dev.keyway.core.tenancy.ResourceId;
import dev.keyway.core.tenancy.ResourceStore;
import dev.keyway.core.tenancy.WorkspaceId;
import dev.keyway.demo.ownership.Owner;
import dev.keyway.demo.ownership.ResourceDirectory;
import dev.keyway.demo.ownership.SampleResource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The resources of the store, as the sample upstreams see them. */
final class StoredResources implements ResourceDirectory {
  private final ResourceStore resources;

  StoredResources(ResourceStore resources) {
    this.resources = resources;
  }

  @Override
  public Optional<SampleResource> find(String resourceId) {
    return resources.find(new ResourceId(resourceId)).map(StoredResources::sample);
  }

  @Override
  public List<SampleResource> ownedBy(String accountId) {
    var account = new AccountId(accountId);
    return resources
        .list(Set.of(), new ResourceStore.Visibility.Of(account), PageRequest.first())
        .data()
        .stream()
        .filter(resource -> account.equals(resource.account()))
        .map(StoredResources::sample)
        .toList();
  }

  private static SampleResource sample(Resource resource) {
    return new SampleResource(
        resource.id().text(), resource.kind(), resource.name(), owner(resource));
  }

  private static Owner owner(Resource resource) {
    WorkspaceId workspace = resource.workspace();
    return workspace != null
        ? new Owner.Workspace(workspace.text())
        : new Owner.Account(Objects.requireNonNull(resource.account()).text());
  }
}
