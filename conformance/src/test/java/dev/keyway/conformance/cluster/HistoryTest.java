package dev.keyway.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.cluster.History.Event;
import dev.keyway.conformance.cluster.History.Said;
import org.junit.jupiter.api.Test;

/** The judge of all others: it must find what is wrong, and nothing else. */
final class HistoryTest {
  private final History history = new History();

  @Test
  void acceptanceAskedForAfterARevocationWasAnswered_isWrong() {
    add(Said.REVOKED, 10, 20);
    add(Said.ACCEPTED, 21, 30);

    assertThat(history.violations()).singleElement().asString().contains("accepted by b");
  }

  @Test
  void acceptanceAskedForBefore_isRight_thoughItIsAnsweredAfter() {
    add(Said.REVOKED, 10, 20);
    add(Said.ACCEPTED, 20, 30);

    assertThat(history.violations()).isEmpty();
  }

  @Test
  void refusalAnsweredBeforeARevocationWasAskedFor_isWrong() {
    add(Said.REFUSED, 1, 9);
    add(Said.REVOKED, 10, 20);

    assertThat(history.violations()).singleElement().asString().contains("without a revocation");
  }

  @Test
  void refusalWhileTheRevocationIsUnderWay_isRight() {
    add(Said.REVOKED, 10, 20);
    add(Said.REFUSED, 8, 10);
    add(Said.ACCEPTED, 11, 12);

    assertThat(history.violations()).isEmpty();
  }

  @Test
  void revocationThatWasNeverAnswered_allowsBoth() {
    add(Said.REVOKED, 10, Long.MAX_VALUE);
    add(Said.REFUSED, 11, 12);
    add(Said.ACCEPTED, 13, 14);
    add(Said.NOTHING, 15, 16);

    assertThat(history.violations()).isEmpty();
  }

  @Test
  void ofSeveralRevocations_theFirstAnswerCounts() {
    add(Said.REVOKED, 10, 50);
    add(Said.REVOKED, 20, 30);
    add(Said.ACCEPTED, 31, 32);

    assertThat(history.violations()).hasSize(1);
  }

  private void add(Said said, long asked, long answered) {
    history.add("a", new Event(said, asked, answered, "b"));
  }
}
