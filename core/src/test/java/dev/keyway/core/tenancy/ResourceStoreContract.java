package dev.keyway.core.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.PageRequest;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.KeyStatus;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Entity;
import dev.keyway.core.contract.StoreContract;
import dev.keyway.core.tenancy.ResourceStore.Visibility;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link ResourceStore} does. */
public abstract class ResourceStoreContract extends StoreContract {
  private static final Visibility ALL = new Visibility.All();

  @Test
  void create_thenFind_givesBackEveryPart() {
    Account account = world.account("memorylake");
    var id = new ResourceId("res_000000000000000a");
    var resource =
        new Resource(id, "memorylake", null, account.id(), "project", "Caf\u00E9", world.tick());
    AuditEvent event = world.event();

    stores.resources().create(resource, event);

    assertThat(stores.resources().find(id)).contains(resource);
    assertThat(stores.resources().find(new ResourceId("res_000000000000000A"))).isEmpty();
    assertThat(isRecorded(event)).isTrue();
    assertThat(stores.changeLog().head()).isZero();
  }

  @Test
  void create_ofAWorkspace_givesBackItsOwner() {
    Workspace workspace = world.workspace(world.account("memo"));
    Resource resource = world.resource(workspace);

    assertThat(stores.resources().find(resource.id())).contains(resource);
  }

  @Test
  void list_isNewestFirst_andNarrowsByProduct() {
    Resource one = world.resource(world.account("memorylake"));
    Resource two = world.resource(world.account("meko"));
    Resource three = world.resource(world.account("memorylake"));

    for (int limit = 1; limit <= 4; limit++) {
      assertThat(list(Set.of(), ALL, limit)).containsExactly(three, two, one);
    }
    assertThat(list(Set.of("memorylake"), ALL, 9)).containsExactly(three, one);
    assertThat(list(Set.of("memo"), ALL, 9)).isEmpty();
  }

  @Test
  void list_asAPerson_showsWhatTheyOwnThemselvesOrThroughAWorkspace() {
    Account person = world.account("memorylake");
    Account other = world.account("memorylake");
    Workspace joined = world.workspace(other);
    Workspace foreign = world.workspace(other);
    world.join(joined, person, Role.MEMBER);
    Resource own = world.resource(person);
    Resource shared = world.resource(joined);
    world.resource(foreign);
    Resource ofOther = world.resource(other);

    assertThat(list(Set.of(), new Visibility.Of(person.id()), 1)).containsExactly(shared, own);
    assertThat(list(Set.of(), new Visibility.Of(other.id()), 9))
        .hasSize(3)
        .contains(shared, ofOther)
        .doesNotContain(own);
  }

  @Test
  @DisplayName("obligations 1, 3 and 5: a deletion is one change that ends the keys scoped to it")
  void delete_deactivatesTheKeysScopedToIt() {
    Account account = world.account("memorylake");
    Resource resource = world.resource(account);
    ApiKey key = world.key(account).on(resource).add();
    ApiKey other = world.key(account).on(world.resource(account)).add();
    Instant at = world.tick();
    AuditEvent event = world.event();

    Change change = stores.resources().delete(resource.id(), at, event).orElseThrow();

    assertCommitted(change, event, 1);
    assertThat(change.direction()).isEqualTo(Change.Direction.NARROWS);
    assertThat(change.entities()).contains(new Entity(Entity.Kind.RESOURCE, resource.id().text()));
    assertThat(change.keysAffected()).isEqualTo(1);
    assertThat(stored(key).deactivatedAt()).isEqualTo(at);
    assertThat(status(key)).isEqualTo(KeyStatus.DEACTIVATED);
    assertThat(status(other)).isEqualTo(KeyStatus.ACTIVE);
    assertThat(stores.resources().find(resource.id())).isEmpty();
    assertThat(list(Set.of(), ALL, 9)).hasSize(1);
  }

  @Test
  @DisplayName("a deletion repeated answers the change that deleted, and writes nothing")
  void delete_again_isTheEarlierChange() {
    Resource resource = world.resource(world.account("memorylake"));
    assertThat(stores.resources().deletionOf(resource.id())).isEmpty();
    Change first =
        stores.resources().delete(resource.id(), world.tick(), world.event()).orElseThrow();
    Instant at = world.tick();
    stores.changeLog().markEffective(first.place(), at);
    AuditEvent event = world.event();

    Change again = stores.resources().delete(resource.id(), world.tick(), event).orElseThrow();

    assertThat(again.seq()).isEqualTo(first.seq());
    assertThat(again.entities()).isEqualTo(first.entities());
    assertThat(again.effectiveAt()).isEqualTo(at);
    assertThat(stores.resources().deletionOf(resource.id()))
        .contains(new Deletion("memorylake", again));
    assertUnwritten(event, 1);
  }

  @Test
  @DisplayName("obligation 1: deleting what is not there leaves no audit row")
  void delete_unknown_writesNothing() {
    AuditEvent event = world.event();

    assertThat(stores.resources().delete(new ResourceId("res_none"), world.now(), event)).isEmpty();

    assertUnwritten(event, 0);
  }

  private List<Resource> list(Set<String> products, Visibility visibility, int limit) {
    return pages((PageRequest page) -> stores.resources().list(products, visibility, page), limit);
  }
}
