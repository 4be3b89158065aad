package dev.keyway.core.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.Precondition;
import dev.keyway.core.RefusedException;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.contract.StoreContract;
import dev.keyway.core.contract.Together;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ApiKeyStore} does when keys are made, found and described. */
public abstract class ApiKeyStoreContract extends StoreContract {

  @Test
  void findAll_givesThoseThatThereAre() {
    ApiKey one = world.key(world.account("memo")).add();
    ApiKey other = world.key(world.account("memo")).add();
    ApiKey unasked = world.key(world.account("memo")).add();
    stores.usage().used(Map.of(one.id(), world.now()));

    var found =
        stores.apiKeys().findAll(Set.of(one.id(), other.id(), new ApiKeyId("aBCDEFGHIJKL")));

    assertThat(found)
        .hasSize(2)
        .noneMatch(row -> row.key().id().equals(unasked.id()))
        .anyMatch(row -> row.key().id().equals(other.id()) && row.lastUsedAt() == null)
        .anyMatch(row -> row.key().id().equals(one.id()) && world.now().equals(row.lastUsedAt()));
    assertThat(stores.apiKeys().findAll(Set.of())).isEmpty();
  }

  @Test
  void create_thenFind_givesBackEveryPart() {
    Account account = world.account("memo");
    Workspace workspace = world.workspace(account);
    ApiKey maker = world.key(account).in(workspace).add();
    ApiKey key =
        world
            .key(account)
            .in(workspace)
            .name("laptop/cursor")
            .description("for the build")
            .createdByKey(maker)
            .expiresAt(world.now().plus(Duration.ofDays(7)))
            .draft();
    AuditEvent event = world.event();

    assertThat(stores.apiKeys().create(key, null, event)).isTrue();

    assertThat(stored(key)).usingRecursiveComparison().isEqualTo(key);
    assertThat(stores.apiKeys().find(key.id()).orElseThrow().lastUsedAt()).isNull();
    assertThat(verifiable(key).key()).usingRecursiveComparison().isEqualTo(key);
    assertThat(isRecorded(event)).isTrue();
  }

  @Test
  void create_withoutOptionalParts_givesThemBackAsNull() {
    Account account = world.account("memorylake");
    ApiKey key = world.key(account).on(world.resource(account)).name(null).add();

    assertThat(stored(key)).usingRecursiveComparison().isEqualTo(key);
    assertThat(verifiable(key).plan()).isNull();
  }

  @Test
  @DisplayName("obligation 3: creating a key is no narrowing change and takes no sequence number")
  void create_takesNoSequenceNumber() {
    world.key(world.account("meko")).add();

    assertThat(stores.changeLog().head()).isZero();
  }

  @Test
  void find_unknownKey_isEmpty() {
    var id = new ApiKeyId("000000000000");

    assertThat(stores.apiKeys().find(id)).isEmpty();
    assertThat(stores.apiKeys().findForVerification(id)).isEmpty();
  }

  @Test
  @DisplayName("obligation 2: ids that differ in case only are two ids")
  void find_idInAnotherCase_isAnotherKey() {
    Account account = world.account("meko");
    ApiKey lower = world.key(account).id("abcdefghijkl").name("lower").add();
    ApiKey upper = world.key(account).id("ABCDEFGHIJKL").name("upper").add();

    assertThat(stored(lower).name()).isEqualTo("lower");
    assertThat(stored(upper).name()).isEqualTo("upper");
    assertThat(stores.apiKeys().find(new ApiKeyId("aBCDEFGHIJKL"))).isEmpty();
    assertThat(stores.apiKeys().findForVerification(new ApiKeyId("aBCDEFGHIJKL"))).isEmpty();
    assertThat(verifiable(lower).key().name()).isEqualTo("lower");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "laptop \uD83D\uDC69\u200D\uD83D\uDCBB", // a woman technologist: four code points as one
        "cafe\u0301", // e and a combining accent
        "caf\u00E9", // the same to the eye, another text
        "\u0130\u0131Ii", // the four Turkish letters
        " outer spaces stay ",
        "%_\\'\";--",
        "null"
      })
  @DisplayName("obligation 2: texts come back as they were given, not normalised")
  void create_unicodeTexts_comeBackUnchanged(String text) {
    ApiKey key = world.key(world.account("meko")).name(text).description(text).add();

    assertThat(stored(key).name()).isEqualTo(text);
    assertThat(stored(key).description()).isEqualTo(text);
  }

  @Test
  @DisplayName("obligation 2: times are kept to the millisecond")
  void create_timesWithFractions_areKeptToTheMillisecond() {
    Instant createdAt = Instant.parse("2026-03-01T10:00:00.987654321Z");
    Instant expiresAt = Instant.parse("2031-12-31T23:59:59.001999999Z");
    ApiKey key = world.key(world.account("memo")).createdAt(createdAt).expiresAt(expiresAt).add();

    Instant found = stored(key).createdAt();
    Instant end = Objects.requireNonNull(stored(key).expiresAt());

    assertThat(found.truncatedTo(ChronoUnit.MILLIS))
        .isEqualTo(Instant.parse("2026-03-01T10:00:00.987Z"));
    assertThat(end.truncatedTo(ChronoUnit.MILLIS))
        .isEqualTo(Instant.parse("2031-12-31T23:59:59.001Z"));
  }

  @Test
  @DisplayName("MEKO-5 obligation 1: with all places taken nothing is written, not even the trail")
  void create_allPlacesTaken_writesNothing() {
    Account account = world.account("meko");
    create(world.key(account).draft(), 2);
    create(world.key(account).draft(), 2);
    ApiKey third = world.key(account).draft();
    AuditEvent event = world.event();

    assertThat(stores.apiKeys().create(third, 2, event)).isFalse();

    assertThat(stores.apiKeys().find(third.id())).isEmpty();
    assertUnwritten(event, 0);
  }

  @Test
  @DisplayName("MEKO-5 places are counted in one scope, not across scopes")
  void create_otherScopeFull_succeeds() {
    Account account = world.account("memo");
    Workspace full = world.workspace(account);
    Workspace empty = world.workspace(account);
    create(world.key(account).in(full).draft(), 1);

    assertThat(create(world.key(account).in(full).draft(), 1)).isFalse();
    assertThat(create(world.key(account).in(empty).draft(), 1)).isTrue();
    assertThat(create(world.key(account).draft(), 1)).isTrue();
  }

  @Test
  @DisplayName("MEKO-5 places are shared by all creators of one scope")
  void create_placesTakenByAnother_isRefused() {
    Account owner = world.account("memo");
    Account other = world.account("memo");
    Workspace workspace = world.workspace(owner);
    create(world.key(owner).in(workspace).draft(), 1);

    assertThat(create(world.key(other).in(workspace).draft(), 1)).isFalse();
  }

  @Test
  @DisplayName("MEKO-5 revoking frees a place")
  void create_afterRevoke_takesTheFreePlace() {
    Account account = world.account("meko");
    ApiKey first = world.key(account).draft();
    create(first, 1);
    assertThat(create(world.key(account).draft(), 1)).isFalse();

    stores.apiKeys().revoke(first.id(), world.tick(), Precondition.NONE, world.event());

    assertThat(create(world.key(account).draft(), 1)).isTrue();
    assertThat(create(world.key(account).draft(), 1)).isFalse();
  }

  @Test
  @DisplayName("MEKO-5 expiry frees a place at the very instant, and not before")
  void create_atExpiryOfAnother_takesItsPlace() {
    Account account = world.account("meko");
    Instant expiresAt = world.now().plus(Duration.ofDays(1));
    ApiKey first = world.key(account).expiresAt(expiresAt).draft();
    create(first, 1);

    ApiKey tooEarly = world.key(account).createdAt(expiresAt.minusMillis(1)).draft();
    ApiKey inTime = world.key(account).createdAt(expiresAt).draft();

    assertThat(create(tooEarly, 1)).isFalse();
    assertThat(create(inTime, 1)).isTrue();
    assertThat(stored(first).statusAt(expiresAt)).isEqualTo(KeyStatus.EXPIRED);
    assertThat(stored(first).version()).isEqualTo(1);
  }

  @Test
  @DisplayName("MEKO-5 an expiry moved forward frees the place at its new instant")
  void create_afterExpireEarlier_takesThePlaceAtTheNewExpiry() {
    Account account = world.account("memo");
    Instant later = world.now().plus(Duration.ofDays(9));
    Instant earlier = world.now().plus(Duration.ofDays(1));
    ApiKey first = world.key(account).expiresAt(later).draft();
    create(first, 1);
    stores
        .apiKeys()
        .expireEarlier(first.id(), null, null, earlier, Precondition.NONE, world.event());

    assertThat(create(world.key(account).createdAt(earlier.minusMillis(1)).draft(), 1)).isFalse();
    assertThat(create(world.key(account).createdAt(earlier).draft(), 1)).isTrue();
  }

  @Test
  @DisplayName("MEKO-5 of 10 concurrent creations exactly as many succeed as there are places")
  void create_concurrently_neverExceedsThePlaces() {
    Account account = world.account("meko");
    create(world.key(account).draft(), 4);
    List<ApiKey> keys = Stream.generate(() -> world.key(account).draft()).limit(10).toList();
    List<AuditEvent> events = Stream.generate(world::event).limit(10).toList();

    List<Boolean> created =
        Together.run(10, i -> stores.apiKeys().create(keys.get(i), 4, events.get(i)));

    assertThat(created.stream().filter(done -> done)).hasSize(3);
    for (int i = 0; i < 10; i++) {
      boolean done = created.get(i);
      assertThat(stores.apiKeys().find(keys.get(i).id()).isPresent()).isEqualTo(done);
      assertThat(isRecorded(events.get(i))).isEqualTo(done);
    }
    assertThat(Set.copyOf(created)).containsExactlyInAnyOrder(true, false);
  }

  @Test
  @DisplayName("obligations 1 and 5: a description is seen by the next read, with its audit row")
  void describe_changesNameAndDescription() {
    ApiKey key = world.key(world.account("meko")).name("old").description("old").add();
    AuditEvent event = world.event();

    ApiKey described =
        stores.apiKeys().describe(key.id(), "new", "why", Precondition.NONE, event).orElseThrow();

    assertThat(described.name()).isEqualTo("new");
    assertThat(described.description()).isEqualTo("why");
    assertThat(described.version()).isEqualTo(2);
    assertThat(stored(key)).usingRecursiveComparison().isEqualTo(described);
    assertThat(isRecorded(event)).isTrue();
    assertThat(stores.changeLog().head()).isZero();
  }

  @Test
  void describe_partNotNamed_staysAsItIs() {
    ApiKey key = world.key(world.account("meko")).name("old").description("why").add();

    stores.apiKeys().describe(key.id(), "new", null, Precondition.NONE, world.event());
    stores
        .apiKeys()
        .expireEarlier(
            key.id(), null, null, world.now().plusSeconds(60), Precondition.NONE, world.event());

    assertThat(stored(key).name()).isEqualTo("new");
    assertThat(stored(key).description()).isEqualTo("why");
  }

  @Test
  void describe_versionAskedFor_isChanged() {
    ApiKey key = world.key(world.account("meko")).add();

    var described =
        stores.apiKeys().describe(key.id(), "new", null, new Precondition(1L), world.event());

    assertThat(described).isPresent();
  }

  @Test
  @DisplayName("obligation 1: a failed precondition leaves key and trail as they were")
  void describe_anotherVersion_changesNothing() {
    ApiKey key = world.key(world.account("meko")).name("old").add();
    AuditEvent event = world.event();

    assertThatThrownBy(() -> stores.apiKeys().describe(key.id(), "new", null, STALE, event))
        .isInstanceOf(RefusedException.PreconditionFailed.class);

    assertThat(stored(key)).usingRecursiveComparison().isEqualTo(key);
    assertUnwritten(event, 0);
  }

  @Test
  @DisplayName("obligation 1: describing what does not exist leaves no audit row")
  void describe_unknownKey_writesNothing() {
    AuditEvent event = world.event();
    var unknown = new ApiKeyId("000000000000");

    assertThat(stores.apiKeys().describe(unknown, "new", null, Precondition.NONE, event)).isEmpty();

    assertUnwritten(event, 0);
  }

  @Test
  void findForVerification_answersPlanAndHeadOfTheSameMoment() {
    Account account = world.account("memo");
    ApiKey key = world.key(account).in(world.workspace(account)).add();
    ApiKey other = world.key(account).add();
    stores.apiKeys().revoke(other.id(), world.tick(), Precondition.NONE, world.event());

    assertThat(verifiable(key).plan()).isEqualTo("pro");
    assertThat(verifiable(key).asOf()).isEqualTo(1);
    assertThat(denial(key)).isNull();
  }

  private boolean create(ApiKey key, int places) {
    return stores.apiKeys().create(key, places, world.event());
  }
}
