package dev.keyway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.AddressBucket;
import org.junit.jupiter.api.Test;

class BodyBudgetTest {
  private final BodyBudget budget = new BodyBudget(4_000);

  @Test
  void oneAddress_hasAQuarter_andLeavesTheRestToOthers() {
    assertThat(claim(1).grow(1_000)).isTrue();
    assertThat(claim(1).grow(1)).isFalse();
    assertThat(claim(2).grow(1_000)).isTrue();
  }

  @Test
  void allAddresses_haveTheWhole() {
    for (int address = 1; address <= 4; address++) {
      assertThat(claim(address).grow(1_000)).isTrue();
    }
    assertThat(claim(5).grow(1)).isFalse();
  }

  @Test
  void release_ofWhatWasHandedOver_givesItBackOnce() {
    BodyBudget.Claim first = claim(1);
    assertThat(first.grow(1_000)).isTrue();
    BodyBudget.Claim handed = first.handOver();
    first.release();
    assertThat(claim(1).grow(1)).isFalse();
    handed.release();
    handed.release();
    assertThat(claim(1).grow(1_000)).isTrue();
    assertThat(claim(1).grow(1)).isFalse();
  }

  @Test
  void growth_thatIsRefused_takesNothing() {
    assertThat(claim(1).grow(1_001)).isFalse();
    assertThat(claim(1).grow(1_000)).isTrue();
  }

  private BodyBudget.Claim claim(int address) {
    return budget.open(AddressBucket.of("192.0.2." + address));
  }
}
