package dev.keyway.app.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.lease.NodeRow;
import dev.keyway.core.limit.Membership;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NodeCountTest {
  private List<NodeRow> rows = List.of(row("one"), row("own"));
  private String name = "own";
  private long nanos = 7;
  private boolean isDown;
  private final NodeCount count = new NodeCount(this::read, () -> name, () -> nanos);

  @Test
  void nodeThatIsEntered_isAmongTheOthers() {
    assertThat(count.get()).isEqualTo(new Membership.Unheard());
    count.read();

    assertThat(count.get()).isEqualTo(new Membership.Among("own", 2));
  }

  @Test
  @DisplayName("ALL-4 a node without a lease is none of them, whatever others there are")
  void nodeThatIsShutOut_isOutside() {
    rows = List.of(row("one"));
    count.read();
    assertThat(count.get()).isEqualTo(new Membership.Outside());

    rows = List.of(row("one"), row("own"));
    name = "";
    count.read();
    assertThat(count.get()).isEqualTo(new Membership.Outside());
  }

  @Test
  void silentDatabase_isBelievedForFiveSeconds() {
    count.read();
    isDown = true;
    nanos += Duration.ofSeconds(5).toNanos() - 1;
    count.read();
    assertThat(count.get()).isEqualTo(new Membership.Among("own", 2));

    nanos += 1;
    assertThat(count.get()).isEqualTo(new Membership.Unheard());
  }

  private List<NodeRow> read() {
    if (isDown) {
      throw new UnavailableException("It is down.", null);
    }
    return rows;
  }

  private static NodeRow row(String id) {
    return new NodeRow(id, 1, 1);
  }
}
