package dev.keyway.core.apikey;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.apikey.DigestStore.Renewal;
import dev.keyway.core.change.Entity;
import dev.keyway.core.memory.RecordedDigests;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestRenewalTest {
  private static final byte[] OLD = "0123456789abcdef0123456789abcdef".getBytes(US_ASCII);
  private static final byte[] NEW = "fedcba9876543210fedcba9876543210".getBytes(US_ASCII);

  private final KeyFormat.Generated made = KeyFormat.generate("memo_", new SecureRandom());
  private final KeyDigester rotated = new KeyDigester(new Peppers(Map.of(1, OLD, 2, NEW)));
  private final RecordedDigests store = new RecordedDigests();
  private final DigestRenewal renewal = new DigestRenewal(rotated, store);

  @ParameterizedTest(name = "from pepper {0}")
  @ValueSource(ints = {0, 1})
  void presented_underAnOlderPepper_isWrittenUnderTheNewest(int version) {
    KeyDigest stored = under(version);

    renewal.presented(made.key(), stored);
    renewal.flush();

    Renewal written = only();
    assertThat(written.key()).isEqualTo(new Entity(Entity.Kind.KEY, made.key().id().toString()));
    assertThat(written.from()).isSameAs(stored);
    assertThat(written.to().pepperVersion()).isEqualTo(2);
    assertThat(rotated.compare(made.key(), written.to())).isEqualTo(KeyDigester.Match.SAME);
  }

  @Test
  void presented_againWhileItWaits_isWrittenOnce() {
    KeyDigest stored = under(1);

    renewal.presented(made.key(), stored);
    renewal.presented(made.key(), stored);
    renewal.flush();
    renewal.flush();

    assertThat(only().from()).isSameAs(stored);
  }

  @Test
  void presented_underTheNewestOrAMissingPepper_isNotWritten() {
    renewal.presented(made.key(), under(2));
    renewal.presented(made.key(), new KeyDigest(9, new byte[32]));
    renewal.flush();

    assertThat(store.written()).isEmpty();
  }

  @Test
  void presented_operatorKey_isWritten() {
    var id = new Entity(Entity.Kind.OPERATOR_KEY, "opk_" + made.key().id().characters());
    renewal.presented(made.key(), id, under(1));
    renewal.flush();

    assertThat(only().key()).isEqualTo(id);
  }

  @Test
  void flush_storeIsDown_keepsWhatWaits() {
    renewal.presented(made.key(), under(1));
    store.down(true);
    assertThatThrownBy(renewal::flush).isInstanceOf(UnavailableException.class);

    store.down(false);
    renewal.flush();

    assertThat(only().to().pepperVersion()).isEqualTo(2);
  }

  private Renewal only() {
    assertThat(store.written()).hasSize(1);
    assertThat(store.written().getFirst()).hasSize(1);
    return store.written().getFirst().getFirst();
  }

  private KeyDigest under(int version) {
    Map<Integer, byte[]> peppers =
        switch (version) {
          case 0 -> Map.of();
          case 1 -> Map.of(1, OLD);
          default -> Map.of(2, NEW);
        };
    return new KeyDigester(new Peppers(peppers)).digest(made.key());
  }
}
