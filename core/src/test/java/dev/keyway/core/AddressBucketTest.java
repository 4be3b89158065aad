package dev.keyway.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBucketTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2001:db8:0:42:0:0:0:1",
        "2001:db8:0:42::1",
        "2001:DB8:0:42::1",
        "2001:0db8:0000:0042:0000:0000:0000:0001",
        "2001:db8::42:0:0:0:1",
        "2001:db8:0:42:0::1",
        "2001:db8:0:42::0.0.0.1",
        "2001:db8:0:42::1%eth0",
        "2001:Db8:0:042::0001%7",
        "2001:db8:0:42:ffff:ffff:ffff:ffff",
        "2001:db8:0:42::",
        "2001:db8:0:42:dead::192.0.2.1"
      })
  void of_anySpellingWithinA64_isOneBucket(String spelling) {
    assertThat(AddressBucket.of(spelling)).isEqualTo(AddressBucket.of("2001:db8:0:42::7"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.7",
        "::ffff:192.0.2.7",
        "::FFFF:192.0.2.7",
        "::ffff:c000:207",
        "::ffff:C000:0207",
        "0:0:0:0:0:ffff:192.0.2.7",
        "0000:0000:0000:0000:0000:ffff:c000:0207",
        "0::ffff:192.0.2.7",
        "::0:ffff:192.0.2.7",
        "::ffff:192.0.2.7%lo"
      })
  void of_anySpellingOfAnIpv4Address_isOneBucket(String spelling) {
    assertThat(AddressBucket.of(spelling)).isEqualTo(AddressBucket.of("192.0.2.7"));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.8",
    "2001:db8:0:42::1, 2001:db8:0:43::1",
    "2001:db8:0:42::1, 2001:db8:1:42::1",
    "0.0.0.0, ::",
    "0.0.0.0, ::1",
    "127.0.0.1, ::1",
    "192.0.2.7, ::192.0.2.7",
    "192.0.2.7, 2002:c000:207::"
  })
  void of_differentClients_areDifferentBuckets(String one, String other) {
    assertThat(AddressBucket.of(one)).isNotEqualTo(AddressBucket.of(other));
    assertThat(AddressBucket.of(one).hash()).isNotEqualTo(AddressBucket.of(other).hash());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%", "localhost", "unknown", "::1::", "1.2.3.4.5", "256.1.1.1", ":"})
  void of_whatIsNoAddress_isOneBucketOfItsOwn(String text) {
    assertThat(AddressBucket.of(text)).isEqualTo(AddressBucket.of("no address"));
    assertThat(AddressBucket.of(text)).isNotEqualTo(AddressBucket.of("0.0.0.0"));
    assertThat(AddressBucket.of(text)).isNotEqualTo(AddressBucket.of("::"));
  }

  @Test
  void hash_ofNeighbours_fillsATableEvenly() {
    Set<Long> places = new HashSet<>();
    for (int subnet = 0; subnet < 4_096; subnet++) {
      String address = "2001:db8:0:" + Integer.toHexString(subnet) + "::1";
      places.add(AddressBucket.of(address).hash() & 0xffff);
    }
    // 4,096 balls into 65,536 places at random: about 3,970 different ones.
    assertThat(places).hasSizeGreaterThan(3_800);
  }
}
