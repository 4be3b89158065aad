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
import dev.keyway.core.memory.InMemoryStores;
import dev.keyway.core.product.Carrier.Place;
import dev.keyway.core.usage.UsageRange.Step;
import dev.keyway.core.usage.UsageStore.ClientUse;
import dev.keyway.core.verify.Credential;
import dev.keyway.core.verify.TestKeys;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.core.verify.VerificationDecision.Allowed;
import dev.keyway.core.verify.VerificationRequest;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UsageCountingTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final VerifiableKey KEY = TestKeys.key(1, 0);
  private static final VerifiableKey OTHER = TestKeys.key(2, 0);
  private static final ClientAddress HERE = ClientAddress.of("192.0.2.7");
  private static final UsageRange DAY =
      UsageRange.of(NOON, NOON.plus(Duration.ofDays(1)), Step.HOUR, NOON);

  private final AtomicBoolean isUp = new AtomicBoolean(true);
  private final UsageStore store = failing(new InMemoryStores().usage());
  private final UsageRecorder recorder =
      new UsageRecorder(
          store,
          new Lookups(FloodBounds.DEFAULT, 100, new SecureRandom(), () -> 0),
          new ClientNames(new KeyLikeText(List.of("mk_live_"))));
  private final UsageReader reader = new UsageReader(store, recorder);

  @Test
  void uses_areShownByHour_beforeAndAfterTheyAreWritten() {
    use(KEY, NOON, "node");
    use(KEY, NOON.plus(HOUR).minusMillis(1), "node");
    use(KEY, NOON.plus(HOUR), "node");
    use(OTHER, NOON, "node");

    assertThat(requests(KEY)).startsWith(2, 1, 0);
    recorder.flush();
    assertThat(requests(KEY)).startsWith(2, 1, 0);
    use(KEY, NOON.plus(HOUR), "node");
    assertThat(requests(KEY)).startsWith(2, 2, 0);
    assertThat(requests(OTHER)).startsWith(1, 0);
  }

  @Test
  void uses_whileTheStoreIsAway_areKeptByHour() {
    isUp.set(false);
    for (int hour = 0; hour < 5; hour++) {
      use(KEY, NOON.plus(HOUR.multipliedBy(hour)), "node");
      assertThatThrownBy(recorder::flush).isInstanceOf(UnavailableException.class);
    }
    assertThat(recorder.waiting()).isEqualTo(5);
    isUp.set(true);

    recorder.flush();

    assertThat(recorder.waiting()).isZero();
    assertThat(requests(KEY)).startsWith(1, 1, 1, 1, 1, 0);
    assertThat(clients(KEY)).singleElement().extracting(ClientUse::requests).isEqualTo(5L);
  }

  @Test
  void clients_areTheNamesAndNetworksThatAKeyWasUsedFrom() {
    use(KEY, NOON, "claude-code/2.1.317 (cli)");
    use(KEY, NOON.plusMillis(5), "claude-code/2.1.317 (cli)");
    recorder.flush();
    use(KEY, NOON.plusMillis(9), "claude-code/2.1.317 (vscode)");
    use(KEY, NOON.plusMillis(7), null);

    assertThat(clients(KEY))
        .containsExactly(
            client("claude-code/2.1.317", NOON, NOON.plusMillis(9), 3),
            client(null, NOON.plusMillis(7), NOON.plusMillis(7), 1));
    recorder.flush();
    assertThat(clients(KEY)).hasSize(2);
  }

  @Test
  @DisplayName("a server that asks about keys is not their client")
  void clients_ofVerifyCalls_areNotSeen() {
    var credential = new Credential.Single(Place.DIRECT, "", null);
    var request = new VerificationRequest(null, credential, null, null, HERE, "backend/1");

    recorder.decided(request, new Allowed(KEY, null), NOON.toEpochMilli());

    assertThat(requests(KEY)).startsWith(1, 0);
    assertThat(clients(KEY)).isEmpty();
  }

  @Test
  void clients_beyondTheBound_areCountedWithoutAName_andFindRoomAfterwards() {
    for (int i = 0; i < 12; i++) {
      use(KEY, NOON.plusMillis(i), "client/" + i);
    }
    assertThat(clients(KEY)).hasSize(KeyTally.MOST_CLIENTS);
    assertThat(requests(KEY)).startsWith(12);

    recorder.flush();
    use(KEY, NOON.plusMillis(20), "client/11");

    assertThat(clients(KEY))
        .hasSize(11)
        .first()
        .isEqualTo(client("client/11", NOON.plusMillis(20), NOON.plusMillis(20), 1));
  }

  @Test
  @DisplayName("ALL-1 a key in the User-Agent is not kept, not even in memory")
  void clients_withAKeyInTheirName_haveNone() {
    String secret = "mk_live_" + "a".repeat(61);
    use(KEY, NOON, "client/1 " + secret);
    use(KEY, NOON, "x".repeat(600));

    assertThat(clients(KEY)).containsExactly(client(null, NOON, NOON, 2));
    assertThat(recorder.unwrittenUses(Set.of(id(KEY))).toString()).doesNotContain("aaaa");
  }

  @Test
  void silentKeys_areLetGo() {
    use(KEY, NOON, "node");
    for (int round = 0; round < 20; round++) {
      recorder.flush();
    }
    use(KEY, NOON, "node");

    assertThat(requests(KEY)).startsWith(2, 0);
    assertThat(clients(KEY)).singleElement().extracting(ClientUse::requests).isEqualTo(2L);
  }

  @Test
  @DisplayName("counting on several threads while another writes loses nothing, counts none twice")
  void uses_concurrentlyWithFlushesThatFail_loseNothing() {
    int threads = 3;
    int each = 30_000;
    String[] agents = IntStream.range(0, 9).mapToObj(i -> "client/" + i).toArray(String[]::new);
    var random = new Random(20_260_301);

    Together.run(
        threads + 1,
        number -> {
          for (int i = 0; i < each; i++) {
            if (number == threads) {
              flushOrFail(random.nextInt(4) > 0);
            } else {
              // Through the turn of an hour now and then, which retires what is being counted on.
              Instant at = NOON.plus(HOUR.multipliedBy(i / 5_000)).plusMillis(i % 5_000);
              use(i % 3 == 0 ? OTHER : KEY, at, agents[i % agents.length]);
            }
          }
          return number;
        });
    flushOrFail(true);

    long expected = (long) threads * each;
    assertThat(total(KEY) + total(OTHER)).isEqualTo(expected);
    assertThat(total(OTHER)).isEqualTo(expected / 3);
    assertThat(seen(KEY) + seen(OTHER)).isEqualTo(expected);
    assertThat(Arrays.stream(requests(KEY)).filter(count -> count > 0)).hasSize(6);
    assertThat(recorder.waiting()).isZero();
  }

  @Test
  @DisplayName("what is read while it is being written is neither missing nor counted twice")
  void reading_concurrentlyWithFlushes_seesEachRequestOnce() {
    int uses = 5_000;
    var done = new AtomicBoolean();

    Together.run(
        2,
        number -> {
          if (number == 0) {
            for (int i = 1; i <= uses; i++) {
              use(KEY, NOON.plusMillis(i), "node");
              assertThat(total(KEY)).isEqualTo(i);
              assertThat(seen(KEY)).isEqualTo(i);
            }
            done.set(true);
          } else {
            while (!done.get()) {
              recorder.flush();
            }
          }
          return number;
        });
  }

  private void flushOrFail(boolean up) {
    isUp.set(up);
    try {
      recorder.flush();
    } catch (UnavailableException e) {
      assertThat(up).isFalse();
    }
  }

  private void use(VerifiableKey key, Instant at, @Nullable String userAgent) {
    var request = new VerificationRequest(null, Credential.MISSING, null, null, HERE, userAgent);
    recorder.decided(request, new Allowed(key, null), at.toEpochMilli());
  }

  private long[] requests(VerifiableKey key) {
    UsageSeries series = Objects.requireNonNull(reader.series(Set.of(id(key)), DAY).get(id(key)));
    return IntStream.range(0, DAY.size()).mapToLong(series::requests).toArray();
  }

  private long total(VerifiableKey key) {
    return Arrays.stream(requests(key)).sum();
  }

  private List<ClientUse> clients(VerifiableKey key) {
    return reader.clients(id(key));
  }

  private long seen(VerifiableKey key) {
    return clients(key).stream().mapToLong(ClientUse::requests).sum();
  }

  private static ClientUse client(
      @Nullable String name, Instant first, Instant last, long requests) {
    return new ClientUse(name, "192.0.2.0/24", first, last, requests);
  }

  private static ApiKeyId id(VerifiableKey key) {
    return key.key().id();
  }

  /** A store that can be away. */
  private UsageStore failing(UsageStore inner) {
    return (UsageStore)
        Proxy.newProxyInstance(
            UsageStore.class.getClassLoader(),
            new Class<?>[] {UsageStore.class},
            (_, method, arguments) -> {
              if (!isUp.get()) {
                throw new UnavailableException("the store is down", null);
              }
              return method.invoke(inner, arguments);
            });
  }
}
