package dev.keyway.demo;

import dev.keyway.demo.ownership.Owner;
import dev.keyway.demo.ownership.ResourceDirectory;
import dev.keyway.demo.ownership.SampleResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** A directory that tests fill as they go. */
final class SampleResources implements ResourceDirectory {

  private final Map<String, SampleResource> byId = new ConcurrentSkipListMap<>();

  SampleResources datapack(String id, String name, String account) {
    return add(new SampleResource(id, SampleResource.DATAPACK, name, new Owner.Account(account)));
  }

  SampleResources project(String id, String account) {
    return add(new SampleResource(id, SampleResource.PROJECT, id, new Owner.Account(account)));
  }

  private SampleResources add(SampleResource resource) {
    byId.put(resource.id(), resource);
    return this;
  }

  void delete(String id) {
    byId.remove(id);
  }

  @Override
  public Optional<SampleResource> find(String resourceId) {
    return Optional.ofNullable(byId.get(resourceId));
  }

  @Override
  public List<SampleResource> ownedBy(String accountId) {
    Owner owner = new Owner.Account(accountId);
    return byId.values().stream().filter(it -> it.owner().equals(owner)).toList();
  }
}
