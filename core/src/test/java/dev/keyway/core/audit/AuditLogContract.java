package dev.keyway.core.audit;

import static dev.keyway.core.audit.AuditEvent.Subject.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.Cursor;
import dev.keyway.core.PageRequest;
import dev.keyway.core.Precondition;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.KeyDigest;
import dev.keyway.core.audit.AuditEvent.Subject;
import dev.keyway.core.audit.AuditQuery.Visibility;
import dev.keyway.core.contract.StoreContract;
import dev.keyway.core.operator.OperatorKey;
import dev.keyway.core.operator.OperatorKeyId;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.Role;
import dev.keyway.core.tenancy.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link AuditLog} does. */
public abstract class AuditLogContract extends StoreContract {
  private static final Visibility ALL = new Visibility.Products(Set.of());
  private static final String ACTION = "log.test";

  @Test
  void append_thenList_givesBackEveryPart() {
    var event =
        new AuditEvent(
            "aud_1",
            Instant.parse("2026-03-01T10:00:00.987Z"),
            ACTION,
            AuditEvent.Outcome.REFUSED,
            new Actor(Actor.Kind.OPERATOR, "opk_1"),
            "2001:db8::1",
            "req_1",
            new Subject("memo", "key_000000000001", "acc_1", "ws_1"),
            "caf\u00E9 \uD83E\uDD16 '; --");

    stores.auditLog().append(event);

    assertThat(list(query(ALL, ACTION), 9)).containsExactly(event);
  }

  @Test
  void append_withoutOptionalParts_givesThemBackAsNull() {
    AuditEvent event = append(Subject.NONE);

    assertThat(list(query(ALL, ACTION), 9)).containsExactly(event);
  }

  @Test
  void append_takesNoSequenceNumber() {
    append(Subject.NONE);

    assertThat(stores.changeLog().head()).isZero();
  }

  @Test
  void list_isNewestFirst_andPagesAcrossEqualTimes() {
    var events = new ArrayList<AuditEvent>();
    for (int i = 0; i < 6; i++) {
      events.addFirst(append(Subject.NONE));
      if (i % 3 == 2) {
        world.tick();
      }
    }

    for (int limit = 1; limit <= 7; limit++) {
      assertThat(list(query(ALL, ACTION), limit)).isEqualTo(events);
    }
  }

  @Test
  void list_rowsAddedBetweenPages_neitherRepeatsNorMisses() {
    var events = new ArrayList<AuditEvent>();
    for (int i = 0; i < 5; i++) {
      world.tick();
      events.addFirst(append(Subject.NONE));
    }
    var seen = new ArrayList<AuditEvent>();
    Cursor after = null;
    do {
      var page = stores.auditLog().list(query(ALL, ACTION), new PageRequest(2, after));
      page.data().forEach(row -> seen.add(row.event()));
      world.tick();
      append(Subject.NONE);
      after = page.next();
    } while (after != null);

    assertThat(seen).isEqualTo(events);
  }

  @Test
  void list_bySubjectAndAction_narrows() {
    AuditEvent first = append(new Subject("memo", "key_000000000001", "acc_1", "ws_1"));
    AuditEvent second = append(new Subject("meko", "key_000000000002", "acc_2", "ws_2"));
    append(Subject.NONE);
    AuditEvent other = world.event("log.other", new Subject("memo", null, null, null));
    stores.auditLog().append(other);

    assertThat(list(about("memo", null, null, null, ACTION), 9)).containsExactly(first);
    assertThat(list(about("memo", null, null, null, null), 9)).containsExactly(other, first);
    assertThat(list(about(null, "key_000000000002", null, null, null), 9)).containsExactly(second);
    assertThat(list(about(null, null, "acc_1", null, null), 9)).containsExactly(first);
    assertThat(list(about(null, null, null, "ws_2", null), 9)).containsExactly(second);
    assertThat(list(about(null, null, "acc_1", "ws_2", null), 9)).isEmpty();
    assertThat(list(about(null, null, "ACC_1", null, null), 9)).isEmpty();
    assertThat(list(query(ALL, "log.other"), 9)).containsExactly(other);
  }

  @Test
  void list_byTime_includesFromAndExcludesTo() {
    AuditEvent first = append(Subject.NONE);
    world.tick();
    AuditEvent second = append(Subject.NONE);
    world.tick();
    AuditEvent third = append(Subject.NONE);

    assertThat(list(between(second.at(), null), 9)).containsExactly(third, second);
    assertThat(list(between(null, second.at()), 9)).containsExactly(first);
    assertThat(list(between(first.at(), third.at()), 9)).containsExactly(second, first);
    assertThat(list(between(second.at().plusMillis(1), third.at()), 9)).isEmpty();
  }

  @Test
  void list_asOperatorOfSomeProducts_showsTheirs() {
    AuditEvent memo = append(new Subject("memo", null, null, null));
    AuditEvent meko = append(new Subject("meko", null, null, null));

    assertThat(list(query(new Visibility.Products(Set.of("memo")), ACTION), 9))
        .containsExactly(memo);
    assertThat(list(query(new Visibility.Products(Set.of("memo", "meko")), ACTION), 9))
        .containsExactly(meko, memo);
    assertThat(list(query(new Visibility.Products(Set.of("mecha")), ACTION), 9)).isEmpty();
  }

  @Test
  void list_asPerson_showsOwnKeysAndOwnedWorkspaces() {
    Account owner = world.account("memo");
    Account member = world.account("memo");
    Workspace workspace = world.workspace(owner);
    world.join(workspace, member, Role.MEMBER);
    ApiKey ofMember = world.key(member).in(workspace).add();
    ApiKey ofOwner = world.key(owner).add();
    AuditEvent aboutMember = append(about(ofMember));
    AuditEvent aboutOwner = append(about(ofOwner));
    AuditEvent aboutWorkspace = append(new Subject("memo", null, null, workspace.id().text()));

    assertThat(list(query(new Visibility.Person(member.id(), Set.of()), ACTION), 9))
        .containsExactly(aboutMember);
    assertThat(list(query(new Visibility.Person(owner.id(), Set.of(workspace.id())), ACTION), 9))
        .containsExactly(aboutWorkspace, aboutOwner, aboutMember);
    assertThat(list(query(new Visibility.Person(owner.id(), Set.of()), ACTION), 9))
        .containsExactly(aboutOwner);
  }

  @Test
  void list_namesAccountsAndOperatorKeys_andNobodyElse() {
    Account ada = world.account("memo");
    Account gone = world.account("memo");
    stores.accounts().delete(gone.id(), world.tick(), Precondition.NONE, world.event());
    var operator =
        new OperatorKey(
            new OperatorKeyId("opk_1"),
            "billing backend",
            Set.of(),
            Set.of(),
            new KeyDigest(1, new byte[32]),
            world.tick(),
            null);
    stores.operatorKeys().create(operator, world.event());

    assertThat(actorName(new Actor(Actor.Kind.ACCOUNT, ada.id().text()))).isEqualTo(ada.name());
    assertThat(actorName(new Actor(Actor.Kind.OPERATOR, operator.id().text())))
        .isEqualTo("billing backend");
    assertThat(actorName(new Actor(Actor.Kind.ACCOUNT, gone.id().text()))).isNull();
    assertThat(actorName(new Actor(Actor.Kind.ACCOUNT, "acc_none"))).isNull();
    assertThat(actorName(new Actor(Actor.Kind.KEY, ada.id().text()))).isNull();
    assertThat(actorName(new Actor(Actor.Kind.SYSTEM, operator.id().text()))).isNull();
  }

  private @Nullable String actorName(Actor actor) {
    AuditEvent pattern = world.event(ACTION, NONE);
    world.tick();
    stores
        .auditLog()
        .append(
            new AuditEvent(
                pattern.id(),
                world.now(),
                ACTION,
                pattern.outcome(),
                actor,
                pattern.address(),
                pattern.requestId(),
                NONE,
                null));
    return stores
        .auditLog()
        .list(query(ALL, ACTION), PageRequest.first())
        .data()
        .getFirst()
        .actorName();
  }

  private AuditEvent append(Subject subject) {
    AuditEvent event = world.event(ACTION, subject);
    stores.auditLog().append(event);
    return event;
  }

  private List<AuditEvent> list(AuditQuery query, int limit) {
    return pages(page -> stores.auditLog().list(query, page), limit).stream()
        .map(ListedEvent::event)
        .toList();
  }

  private static Subject about(ApiKey key) {
    var workspace = key.workspace();
    return new Subject(
        key.product(),
        key.id().toString(),
        key.createdBy().text(),
        workspace == null ? null : workspace.text());
  }

  private static AuditQuery query(Visibility visibility, String action) {
    return new AuditQuery(visibility, null, null, null, null, action, null, null);
  }

  private static AuditQuery about(
      @Nullable String product,
      @Nullable String key,
      @Nullable String account,
      @Nullable String workspace,
      @Nullable String action) {
    return new AuditQuery(ALL, product, key, account, workspace, action, null, null);
  }

  private static AuditQuery between(@Nullable Instant from, @Nullable Instant to) {
    return new AuditQuery(ALL, null, null, null, null, ACTION, from, to);
  }
}
