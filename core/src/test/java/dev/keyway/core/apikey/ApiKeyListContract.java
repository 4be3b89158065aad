package dev.keyway.core.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.Cursor;
import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.Precondition;
import dev.keyway.core.apikey.KeyQuery.Visibility;
import dev.keyway.core.contract.StoreContract;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.Resource;
import dev.keyway.core.tenancy.ResourceId;
import dev.keyway.core.tenancy.Role;
import dev.keyway.core.tenancy.Workspace;
import dev.keyway.core.tenancy.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link ApiKeyStore} shows of its keys. */
public abstract class ApiKeyListContract extends StoreContract {
  private static final Visibility ALL = new Visibility.Products(Set.of());

  @Test
  void list_isNewestFirst_thenByIdDescending() {
    Account account = world.account("meko");
    Instant at = world.now();
    ApiKey lower = world.key(account).id("aaaaaaaaaaaa").createdAt(at).add();
    ApiKey upper = world.key(account).id("ZZZZZZZZZZZZ").createdAt(at).add();
    ApiKey digit = world.key(account).id("999999999999").createdAt(at).add();
    ApiKey newest = world.key(account).id("000000000000").createdAt(at.plusMillis(1)).add();

    for (int limit = 1; limit <= 5; limit++) {
      assertThat(list(everything(), limit)).containsExactly(ids(newest, lower, upper, digit));
    }
  }

  @Test
  @DisplayName("a list read while keys are made shows each older key once")
  void list_keysMadeBetweenPages_neitherRepeatsNorMisses() {
    Account account = world.account("meko");
    List<ApiKey> keys = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      keys.addFirst(world.key(account).add());
    }
    var seen = new ArrayList<ApiKeyId>();
    Cursor after = null;
    do {
      var page = stores.apiKeys().list(everything(), new PageRequest(2, after));
      page.data().forEach(row -> seen.add(row.key().id()));
      world.key(account).add();
      after = page.next();
    } while (after != null);

    assertThat(seen).containsExactly(ids(keys.toArray(ApiKey[]::new)));
  }

  @Test
  void list_exactlyOnePage_hasNoNext() {
    Account account = world.account("meko");
    world.key(account).add();
    world.key(account).add();

    Page<ListedKey> page = stores.apiKeys().list(everything(), new PageRequest(2, null));

    assertThat(page.data()).hasSize(2);
    assertThat(page.next()).isNull();
  }

  @Test
  @DisplayName("the statuses of a list have the precedence revoked, deactivated, expired, active")
  void list_byStatus_followsThePrecedence() {
    Account owner = world.account("memo");
    Account member = world.account("memo");
    Workspace workspace = world.workspace(owner);
    world.join(workspace, member, Role.MEMBER);
    Instant soon = world.now().plus(Duration.ofHours(1));
    ApiKey active = world.key(owner).add();
    ApiKey expired = world.key(owner).expiresAt(soon).add();
    ApiKey deactivated = world.key(member).in(workspace).expiresAt(soon).add();
    ApiKey revoked = world.key(member).in(workspace).expiresAt(soon).add();
    revoke(revoked);
    stores
        .workspaces()
        .removeMember(workspace.id(), member.id(), world.tick(), Precondition.NONE, world.event());
    world.pass(Duration.ofHours(2));

    assertThat(byStatus(KeyStatus.ACTIVE)).containsExactly(active.id());
    assertThat(byStatus(KeyStatus.EXPIRED)).containsExactly(expired.id());
    assertThat(byStatus(KeyStatus.DEACTIVATED)).containsExactly(deactivated.id());
    assertThat(byStatus(KeyStatus.REVOKED)).containsExactly(revoked.id());
    assertThat(byStatus(KeyStatus.REVOKED, KeyStatus.ACTIVE)).containsExactly(ids(revoked, active));
  }

  @Test
  @DisplayName("MEMO-10 LAKE-6 ended keys leave the default list of products that say so")
  void list_withoutEnded_leavesOutTheirRevokedAndDeactivatedKeys() {
    Account memo = world.account("memo");
    Account meko = world.account("meko");
    ApiKey expired = world.key(memo).expiresAt(world.now()).add();
    ApiKey revoked = world.key(memo).add();
    ApiKey listed = world.key(meko).add();
    revoke(revoked);
    revoke(listed);

    var query = new Query();
    query.withoutEnded = Set.of("memo");

    assertThat(list(query.build(), 50)).containsExactly(ids(listed, expired));
  }

  @Test
  void list_expiresBefore_showsActiveKeysThatExpireBeforeIt() {
    Account account = world.account("memo");
    Instant limit = world.now().plus(Duration.ofDays(30));
    ApiKey soon = world.key(account).expiresAt(limit.minusMillis(1)).add();
    ApiKey revoked = world.key(account).expiresAt(limit.minusMillis(1)).add();
    revoke(revoked);
    world.key(account).expiresAt(limit).add();
    world.key(account).expiresAt(world.now()).add();
    world.key(account).add();

    var query = new Query();
    query.expiresBefore = limit;

    assertThat(list(query.build(), 50)).containsExactly(soon.id());
  }

  @Test
  void list_idleSince_showsKeysNotUsedSince() {
    Account account = world.account("memo");
    ApiKey never = world.key(account).add();
    ApiKey before = world.key(account).add();
    ApiKey after = world.key(account).add();
    Instant since = world.pass(Duration.ofDays(1));
    stores.usage().used(Map.of(before.id(), since.minusMillis(1), after.id(), since.plusMillis(1)));
    world.pass(Duration.ofDays(1));
    world.key(account).add();

    var query = new Query();
    query.idleSince = since;

    assertThat(list(query.build(), 50)).containsExactly(ids(before, never));
  }

  @Test
  void list_text_isFoundInNameDescriptionAndId() {
    Account account = world.account("memo");
    ApiKey name = world.key(account).name("Build needle one").add();
    ApiKey description = world.key(account).name(null).description("a NEEDLE").add();
    ApiKey id = world.key(account).name(null).id("0NeEdLe00000").add();
    world.key(account).name("hay").add();

    assertThat(byText("nEEDLE")).containsExactly(ids(id, description, name));
    assertThat(byText(id.id().toString())).containsExactly(id.id());
    assertThat(byText("absent")).isEmpty();
    assertThat(byText("key")).isEmpty();
    assertThat(byText("key_")).isEmpty();
  }

  @Test
  void list_textBeyondAscii_isFoundWhateverItsCase() {
    Account account = world.account("memo");
    ApiKey umlaut = world.key(account).name("\u00C4rger").add();
    ApiKey emoji = world.key(account).name("robot \uD83E\uDD16").add();

    assertThat(byText("\u00E4RGER")).containsExactly(umlaut.id());
    assertThat(byText("\uD83E\uDD16")).containsExactly(emoji.id());
  }

  @Test
  @DisplayName("the characters that SQL patterns give a meaning have none in a search")
  void list_textWithPatternCharacters_isTakenLiterally() {
    Account account = world.account("memo");
    ApiKey percent = world.key(account).name("100% ci").add();
    ApiKey underscore = world.key(account).name("ci_runner").add();
    ApiKey backslash = world.key(account).name("c:\\ci").add();
    ApiKey quote = world.key(account).name("it's").add();
    world.key(account).name("plain").add();

    assertThat(byText("%")).containsExactly(percent.id());
    assertThat(byText("0% c")).containsExactly(percent.id());
    assertThat(byText("i_r")).containsExactly(underscore.id());
    assertThat(byText("\\")).containsExactly(backslash.id());
    assertThat(byText("'")).containsExactly(quote.id());
    assertThat(byText("p%n")).isEmpty();
  }

  @Test
  void list_byProductWorkspaceAndCreator_narrows() {
    Account owner = world.account("memo");
    Account other = world.account("memo");
    Account meko = world.account("meko");
    Workspace workspace = world.workspace(owner);
    ApiKey inWorkspace = world.key(owner).in(workspace).add();
    ApiKey ofOther = world.key(other).in(workspace).add();
    ApiKey own = world.key(owner).add();
    ApiKey elsewhere = world.key(meko).add();

    var byProduct = new Query();
    byProduct.product = "meko";
    var byWorkspace = new Query();
    byWorkspace.workspace = workspace.id();
    var byCreator = new Query();
    byCreator.createdBy = owner.id();
    var byBoth = new Query();
    byBoth.workspace = workspace.id();
    byBoth.createdBy = owner.id();

    assertThat(list(byProduct.build(), 50)).containsExactly(elsewhere.id());
    assertThat(list(byWorkspace.build(), 50)).containsExactly(ids(ofOther, inWorkspace));
    assertThat(list(byCreator.build(), 50)).containsExactly(ids(own, inWorkspace));
    assertThat(list(byBoth.build(), 50)).containsExactly(inWorkspace.id());
  }

  @Test
  @DisplayName("LAKE-4 a resource's keys are those that open it")
  void list_byResource_showsTheKeysThatOpenIt() {
    Account account = world.account("memorylake");
    Resource project = world.resource(account);
    ApiKey key = world.key(account).on(project).add();
    world.key(account).on(world.resource(account)).add();
    world.key(account).add();

    var query = new Query();
    query.resource = project.id();
    var asPerson = new Query();
    asPerson.resource = project.id();
    asPerson.visibility = new Visibility.Person(account.id(), Set.of());
    var none = new Query();
    none.resource = new ResourceId(account.id().text());

    assertThat(list(query.build(), 50)).containsExactly(key.id());
    assertThat(list(asPerson.build(), 50)).containsExactly(key.id());
    assertThat(list(none.build(), 50)).isEmpty();
  }

  @Test
  void list_asOperatorOfSomeProducts_showsTheirs() {
    ApiKey memo = world.key(world.account("memo")).add();
    ApiKey meko = world.key(world.account("meko")).add();
    ApiKey mecha = world.key(world.account("mecha")).add();

    assertThat(visibleTo(new Visibility.Products(Set.of("memo")))).containsExactly(memo.id());
    assertThat(visibleTo(new Visibility.Products(Set.of("memo", "meko"))))
        .containsExactly(ids(meko, memo));
    assertThat(visibleTo(ALL)).containsExactly(ids(mecha, meko, memo));
  }

  @Test
  @DisplayName("MEMO-7 members see the keys they made, owners all of the workspaces they own")
  void list_asPerson_showsOwnKeysAndThoseOfOwnedWorkspaces() {
    Account owner = world.account("memo");
    Account member = world.account("memo");
    Workspace workspace = world.workspace(owner);
    world.join(workspace, member, Role.MEMBER);
    ApiKey ofOwner = world.key(owner).in(workspace).add();
    ApiKey ofMember = world.key(member).in(workspace).add();
    ApiKey elsewhere = world.key(member).add();

    assertThat(visibleTo(new Visibility.Person(member.id(), Set.of())))
        .containsExactly(ids(elsewhere, ofMember));
    assertThat(visibleTo(new Visibility.Person(owner.id(), Set.of(workspace.id()))))
        .containsExactly(ids(ofMember, ofOwner));
  }

  @Test
  void list_asProductKey_showsItsCreatorsKeysInItsScope() {
    Account owner = world.account("memo");
    Account member = world.account("memo");
    Workspace workspace = world.workspace(owner);
    ApiKey inScope = world.key(owner).in(workspace).add();
    world.key(member).in(workspace).add();
    world.key(owner).in(world.workspace(owner)).add();
    world.key(owner).add();

    assertThat(visibleTo(new Visibility.InScope(owner.id(), inScope.scope())))
        .containsExactly(inScope.id());
  }

  private void revoke(ApiKey key) {
    stores.apiKeys().revoke(key.id(), world.tick(), Precondition.NONE, world.event());
  }

  private List<ApiKeyId> list(KeyQuery query, int limit) {
    return pages(page -> stores.apiKeys().list(query, page), limit).stream()
        .map(row -> row.key().id())
        .toList();
  }

  private List<ApiKeyId> byStatus(KeyStatus... statuses) {
    var query = new Query();
    query.statuses = Set.of(statuses);
    return list(query.build(), 50);
  }

  private List<ApiKeyId> byText(String text) {
    var query = new Query();
    query.text = text;
    return list(query.build(), 50);
  }

  private List<ApiKeyId> visibleTo(Visibility visibility) {
    var query = new Query();
    query.visibility = visibility;
    return list(query.build(), 50);
  }

  private KeyQuery everything() {
    return new Query().build();
  }

  private static ApiKeyId[] ids(ApiKey... keys) {
    var ids = new ApiKeyId[keys.length];
    for (int i = 0; i < keys.length; i++) {
      ids[i] = keys[i].id();
    }
    return ids;
  }

  /** A query that shows everything until a part is set. */
  private final class Query {
    private Visibility visibility = ALL;
    private @Nullable String product;
    private @Nullable WorkspaceId workspace;
    private @Nullable ResourceId resource;
    private @Nullable AccountId createdBy;
    private Set<KeyStatus> statuses = Set.of();
    private Set<String> withoutEnded = Set.of();
    private @Nullable Instant expiresBefore;
    private @Nullable Instant idleSince;
    private @Nullable String text;

    KeyQuery build() {
      return new KeyQuery(
          visibility,
          product,
          workspace,
          resource,
          createdBy,
          statuses,
          withoutEnded,
          expiresBefore,
          idleSince,
          text,
          world.now());
    }
  }
}
