package dev.keyway.core.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class ConfirmationsTest {
  private static final LeaseTerms TERMS = new LeaseTerms(5, 5, 1, 10, 0);
  private static final long TTL = 100;

  @Test
  @DisplayName("ALL-3 a server that lacks the change confirms nothing, however many nodes it names")
  void rows_ofAServerWithoutTheChange_confirmNothing() {
    Confirmations waiting = waitingFor(7);

    assertThat(waiting.step(rows(6, 20), TERMS).effects()).isEmpty();
    assertThat(waiting.step(rows(6, 20 + TERMS.waitFor(TTL)), TERMS).effects()).isEmpty();
  }

  @Test
  void rows_ofAServerWithTheChange_confirmIt() {
    assertThat(waitingFor(7).step(rows(7, 20), TERMS).effects())
        .containsExactly(new ConfirmationEffect.Confirmed(7, 0, 0));
  }

  private static Confirmations waitingFor(long seq) {
    return Confirmations.start()
        .step(new ConfirmationEvent.Committed(seq, 10), TERMS)
        .confirmations();
  }

  /** Nobody is entered. */
  private static ConfirmationEvent.Rows rows(long head, long askedAt) {
    return new ConfirmationEvent.Rows(List.of(), head, askedAt, TTL, askedAt);
  }
}
