package dev.keyway.core.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.ClientAddress;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.KeyLikeText;
import dev.keyway.core.contract.Together;
import dev.keyway.core.flood.FloodBounds;
import dev.keyway.core.flood.Lookups;
import dev.keyway.core.usage.UsageStore.RefusalCount;
import dev.keyway.core.verify.Credential;
import dev.keyway.core.verify.DenialReason;
import dev.keyway.core.verify.TestKeys;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.core.verify.VerificationDecision;
import dev.keyway.core.verify.VerificationRequest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UsageRecorderTest {
  private static final VerifiableKey KEY = TestKeys.key(1, 0);
  private static final VerifiableKey OTHER = TestKeys.key(2, 0);
  private static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

  private final GatheredUsage store = new GatheredUsage();
  private final Lookups lookups =
      new Lookups(FloodBounds.DEFAULT, 100, new SecureRandom(), () -> 0);
  private final UsageRecorder recorder =
      new UsageRecorder(store, lookups, new ClientNames(new KeyLikeText(List.of("mk_live_"))));

  @Test
  void flush_afterUses_writesTheLatestOfEachKeyOnce() {
    used(KEY, NOON + 5);
    used(KEY, NOON + 9);
    used(KEY, NOON + 7);
    used(OTHER, NOON);

    recorder.flush();
    recorder.flush();

    assertThat(store.batches).hasSize(1);
    assertThat(store.lastUses)
        .isEqualTo(
            Map.of(id(KEY), Instant.ofEpochMilli(NOON + 9), id(OTHER), Instant.ofEpochMilli(NOON)));
  }

  @Test
  @DisplayName("ALL-6 refusals are counted by key, reason, address prefix and minute")
  void flush_afterRefusals_writesTheirCounts() {
    refused(KEY, DenialReason.REVOKED, "192.0.2.7", NOON);
    refused(KEY, DenialReason.REVOKED, "192.0.2.200", NOON + 59_999);
    refused(KEY, DenialReason.REVOKED, "192.0.2.7", NOON + 60_000);
    refused(KEY, DenialReason.EXPIRED, "192.0.2.7", NOON);
    refused(KEY, DenialReason.REVOKED, "198.51.100.1", NOON);
    refused(OTHER, DenialReason.REVOKED, "192.0.2.7", NOON);

    recorder.flush();
    recorder.flush();

    assertThat(store.refusals)
        .containsExactlyInAnyOrder(
            count(KEY, "revoked", "192.0.2.0/24", NOON, 2),
            count(KEY, "revoked", "192.0.2.0/24", NOON + 60_000, 1),
            count(KEY, "expired", "192.0.2.0/24", NOON, 1),
            count(KEY, "revoked", "198.51.100.0/24", NOON, 1),
            count(OTHER, "revoked", "192.0.2.0/24", NOON, 1));
  }

  @Test
  void flush_storeUnavailable_keepsEverythingForTheNextTime() {
    used(KEY, NOON);
    refused(KEY, DenialReason.REVOKED, "192.0.2.7", NOON);
    store.isUp = false;

    assertThatThrownBy(recorder::flush).isInstanceOf(UnavailableException.class);
    used(KEY, NOON - 5);
    refused(KEY, DenialReason.REVOKED, "192.0.2.7", NOON);
    assertThatThrownBy(recorder::flush).isInstanceOf(UnavailableException.class);
    store.isUp = true;
    recorder.flush();

    assertThat(store.lastUses).containsEntry(id(KEY), Instant.ofEpochMilli(NOON));
    assertThat(store.refusals).containsExactly(count(KEY, "revoked", "192.0.2.0/24", NOON, 2));
  }

  @Test
  void flush_refusalsUnavailable_keepsTheirCounts() {
    refused(KEY, DenialReason.REVOKED, "192.0.2.7", NOON);
    refused(KEY, DenialReason.REVOKED, "192.0.2.7", NOON);
    store.isUp = false;
    assertThatThrownBy(recorder::flush).isInstanceOf(UnavailableException.class);
    store.isUp = true;

    recorder.flush();

    assertThat(store.refusals).containsExactly(count(KEY, "revoked", "192.0.2.0/24", NOON, 2));
  }

  @Test
  @DisplayName("many refusals are written in pieces, and a failure counts none of them twice")
  void flush_refusalsUnavailableHalfway_writesEachOnce() {
    for (int i = 0; i < 1_200; i++) {
      refused(KEY, DenialReason.REVOKED, "10." + i / 256 + "." + i % 256 + ".1", NOON);
    }
    store.refusalsUntilDown = 700;
    assertThatThrownBy(recorder::flush).isInstanceOf(UnavailableException.class);
    assertThat(store.refusals).hasSize(500);
    store.refusalsUntilDown = Integer.MAX_VALUE;

    recorder.flush();

    assertThat(store.refusals).hasSize(1_200).doesNotHaveDuplicates();
    assertThat(store.refusals).allMatch(count -> count.count() == 1);
  }

  @Test
  @DisplayName("ALL-6 nothing is kept of unknown keys, nor of outages")
  void decided_withoutAKey_gathersNothing() {
    decide(new VerificationDecision.Denied(DenialReason.NOT_FOUND, null, null), "192.0.2.7", NOON);
    decide(
        new VerificationDecision.Indeterminate(VerificationDecision.Cause.STORE_UNAVAILABLE),
        "192.0.2.7",
        NOON);

    recorder.flush();

    assertThat(store.batches).isEmpty();
    assertThat(store.refusals).isEmpty();
  }

  @Test
  void decided_concurrentlyWithFlushes_losesNothing() {
    int threads = 4;
    int each = 20_000;

    Together.run(
        threads + 1,
        number -> {
          for (int i = 1; i <= each; i++) {
            if (number == threads) {
              recorder.flush();
            } else {
              used(KEY, NOON + (long) i * threads + number);
              refused(OTHER, DenialReason.REVOKED, "192.0.2.7", NOON);
            }
          }
          return number;
        });
    recorder.flush();

    assertThat(store.lastUses)
        .containsEntry(id(KEY), Instant.ofEpochMilli(NOON + (long) each * threads + threads - 1));
    assertThat(store.refusals.stream().mapToLong(RefusalCount::count).sum())
        .isEqualTo((long) threads * each);
    // No flush may see a key that is just being entered with another instant than that of its use.
    assertThat(store.batches)
        .allMatch(batch -> batch.values().stream().allMatch(at -> at.toEpochMilli() > NOON));
  }

  @Test
  void decided_twoUsesAtOnce_keepsTheLater() {
    var latest = new AtomicLong();

    Together.race(
        5_000,
        round -> used(KEY, NOON + 2L * round),
        round -> used(KEY, NOON + 2L * round + 1),
        round -> {
          // Now and then from an empty recorder, so that both also race to make the entry.
          if (round % 2 == 1) {
            recorder.flush();
            Map<ApiKeyId, Instant> batch = store.batches.getLast();
            latest.set(batch.getOrDefault(id(KEY), Instant.EPOCH).toEpochMilli());
            assertThat(latest.get()).isEqualTo(NOON + 2L * round + 1);
          }
        });

    assertThat(latest.get()).isEqualTo(NOON + 2L * 4_999 + 1);
  }

  @Test
  @DisplayName("ALL-6 the last 20 refusals of a key are shown, newest first")
  void recentRefusals_areTheLastTwenty() {
    for (int i = 0; i < 25; i++) {
      refused(KEY, DenialReason.EXPIRED, "192.0.2." + i, NOON + i);
    }

    List<RecentRefusals.Refusal> recent = recorder.recentRefusals(id(KEY));

    assertThat(recent).hasSize(20);
    assertThat(recent.getFirst())
        .isEqualTo(
            new RecentRefusals.Refusal(Instant.ofEpochMilli(NOON + 24), "expired", "192.0.2.24"));
    assertThat(recent.getLast().at()).isEqualTo(Instant.ofEpochMilli(NOON + 5));
    assertThat(recorder.recentRefusals(id(OTHER))).isEmpty();
  }

  @Test
  void recentRefusals_ofMoreKeysThanAreKept_forgetTheLongestUntouched() {
    for (int i = 1; i <= 5_000; i++) {
      refused(TestKeys.key(i, 0), DenialReason.EXPIRED, "192.0.2.7", NOON);
    }
    refused(TestKeys.key(1, 0), DenialReason.EXPIRED, "192.0.2.7", NOON);
    refused(TestKeys.key(5_001, 0), DenialReason.EXPIRED, "192.0.2.7", NOON);

    assertThat(recorder.recentRefusals(id(TestKeys.key(1, 0)))).hasSize(2);
    assertThat(recorder.recentRefusals(id(TestKeys.key(2, 0)))).isEmpty();
    assertThat(recorder.recentRefusals(id(TestKeys.key(5_001, 0)))).hasSize(1);
  }

  @Test
  void flush_tellsWhichKeysAreInUse() {
    used(KEY, NOON);
    recorder.flush();

    assertThat(lookups.isVerified(id(KEY).characters())).isTrue();
    assertThat(lookups.isVerified(id(OTHER).characters())).isFalse();
  }

  private void used(VerifiableKey key, long atMillis) {
    decide(new VerificationDecision.Allowed(key, null), "192.0.2.7", atMillis);
  }

  private void refused(VerifiableKey key, DenialReason reason, String address, long atMillis) {
    decide(new VerificationDecision.Denied(reason, key, null), address, atMillis);
  }

  private void decide(VerificationDecision decision, String address, long atMillis) {
    var request =
        new VerificationRequest(null, Credential.MISSING, null, null, ClientAddress.of(address));
    recorder.decided(request, decision, atMillis);
  }

  private static ApiKeyId id(VerifiableKey key) {
    return key.key().id();
  }

  private static RefusalCount count(
      VerifiableKey key, String reason, String prefix, long minuteMillis, long count) {
    return new RefusalCount(id(key), reason, prefix, Instant.ofEpochMilli(minuteMillis), count);
  }

  /** Keeps what is flushed; one thread flushes at a time. */
  private static final class GatheredUsage implements UsageStore {
    private final List<Map<ApiKeyId, Instant>> batches = new ArrayList<>();
    private final Map<ApiKeyId, Instant> lastUses = new HashMap<>();
    private final List<RefusalCount> refusals = new ArrayList<>();
    private boolean isUp = true;
    private int refusalsUntilDown = Integer.MAX_VALUE;

    @Override
    public void used(Map<ApiKeyId, Instant> uses) {
      requireUp();
      batches.add(uses);
      uses.forEach((key, at) -> lastUses.merge(key, at, (a, b) -> a.isAfter(b) ? a : b));
    }

    @Override
    public List<ApiKeyId> usedSince(Instant from, int most) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void forget(Instant before) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void forgetMinutes(Instant before) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void counted(List<HourUse> uses) {
      requireUp();
    }

    @Override
    public List<StepRequests> requests(Collection<ApiKeyId> keys, UsageRange range) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<StepRefusals> refusals(Collection<ApiKeyId> keys, UsageRange range) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<ClientUse> clients(ApiKeyId key) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void refused(List<RefusalCount> counts) {
      requireUp();
      if (refusals.size() + counts.size() > refusalsUntilDown) {
        throw new UnavailableException("the store is down", null);
      }
      refusals.addAll(counts);
    }

    private void requireUp() {
      if (!isUp) {
        throw new UnavailableException("the store is down", null);
      }
    }
  }
}
