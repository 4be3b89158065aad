package dev.keyway.core.flood;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.AddressBucket;
import dev.keyway.core.flood.Lookups.Answer;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LookupsTest {
  private static final int PER_ADDRESS = 10;
  private static final int IN_ALL = 40;

  private long now;
  private int made;
  private final Lookups lookups =
      new Lookups(new FloodBounds(PER_ADDRESS, IN_ALL), 100, new SecureRandom(), () -> now);

  @Test
  void ask_oneAddress_isBoundedAndLeavesOthersTheirs() {
    assertThat(asked("192.0.2.7", 1_000)).isEqualTo(PER_ADDRESS);
    assertThat(asked("192.0.2.8", 1_000)).isEqualTo(PER_ADDRESS);
  }

  @Test
  void ask_manyAddresses_areBoundedInAll() {
    int asked = 0;
    for (int i = 0; i < 200; i++) {
      asked += asked("192.0.2." + i, 5);
    }
    assertThat(asked).isEqualTo(IN_ALL);
  }

  @Test
  @DisplayName("ten spellings of an address are one client, and so are the addresses of a /64")
  void ask_anySpelling_isOneClient() {
    int asked = 0;
    for (String spelling :
        List.of(
            "2001:db8:0:42:0:0:0:1",
            "2001:db8:0:42::1",
            "2001:DB8:0:42::1",
            "2001:0db8:0000:0042:0000:0000:0000:0001",
            "2001:db8::42:0:0:0:1",
            "2001:db8:0:42:0::1",
            "2001:db8:0:42::0.0.0.1",
            "2001:db8:0:42::1%eth0",
            "2001:db8:0:42:ffff::9",
            "2001:db8:0:42:dead:beef::1")) {
      asked += asked(spelling, PER_ADDRESS);
    }
    assertThat(asked).isEqualTo(PER_ADDRESS);
  }

  @Test
  void ask_mappedAddress_isTheIpv4Client() {
    assertThat(asked("192.0.2.7", 1_000)).isEqualTo(PER_ADDRESS);
    assertThat(asked("::ffff:192.0.2.7", 1_000)).isZero();
  }

  @Test
  void ask_whatWasAbsentWithinTheSecond_costsNothing() {
    lookups.absent("a key", lookups.now());

    for (int i = 0; i < 10 * PER_ADDRESS; i++) {
      assertThat(lookups.ask("a key", bucket("192.0.2.7"))).isEqualTo(Answer.ABSENT);
    }
    assertThat(asked("192.0.2.7", 1_000)).isEqualTo(PER_ADDRESS);
    now += AbsentKeys.LIFE_NANOS;
    assertThat(lookups.ask("a key", bucket("192.0.2.8"))).isEqualTo(Answer.ASK);
  }

  @Test
  @DisplayName("a million made-up keys push out no name and nothing but what they may")
  void ask_aMillionUnknownKeys_forgetNoVerifiedOne() {
    for (int i = 0; i < 100; i++) {
      lookups.verified("verified " + i);
    }
    int asked = 0;
    for (int i = 0; i < 1_000_000; i++) {
      now += 60_000;
      String made = "made up " + i;
      if (lookups.ask(made, new AddressBucket(i)) == Answer.ASK) {
        asked++;
        lookups.absent(made, lookups.now());
      }
    }
    assertThat(asked).isBetween(60 * IN_ALL, 62 * IN_ALL);
    for (int i = 0; i < 100; i++) {
      assertThat(lookups.isVerified("verified " + i)).isTrue();
    }
  }

  @Test
  void ask_neighbours_seldomShareABound() {
    Set<Long> buckets = new HashSet<>();
    int first = 0;
    for (int i = 0; i < 30; i++) {
      AddressBucket bucket = bucket("10.0.0." + i);
      buckets.add(bucket.bits());
      first += lookups.ask("key " + i, bucket) == Answer.ASK ? 1 : 0;
    }
    assertThat(buckets).hasSize(30);
    assertThat(first).isEqualTo(30);
  }

  @Test
  void begin_moreThanPlaces_isRefusedUntilOneEnds() {
    for (int i = 0; i < Lookups.PLACES; i++) {
      assertThat(lookups.begin()).isTrue();
    }
    assertThat(lookups.begin()).isFalse();

    lookups.end();

    assertThat(lookups.begin()).isTrue();
    assertThat(lookups.ofStrangers()).isEqualTo(Lookups.PLACES + 1L);
  }

  private int asked(String address, int tries) {
    int asked = 0;
    for (int i = 0; i < tries; i++) {
      asked += lookups.ask("key " + made++, bucket(address)) == Answer.ASK ? 1 : 0;
    }
    return asked;
  }

  private static AddressBucket bucket(String address) {
    return AddressBucket.of(address);
  }
}
