package dev.keyway.core.installation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.contract.StoreContract;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every {@link SigningKeyStore} does. */
public abstract class SigningKeyStoreContract extends StoreContract {

  @Test
  void published_areReadByAll_inTheOrderOfTheirIds() {
    stores.signingKeys().publish("b", "{\"kid\":\"b\"}", world.now());
    stores.signingKeys().publish("a", "{\"kid\":\"a\"}", world.now());

    assertThat(stores.signingKeys().publishedSince(world.now()))
        .containsExactly("{\"kid\":\"a\"}", "{\"kid\":\"b\"}");
  }

  @Test
  void publishedAgain_isStillInUse() {
    stores.signingKeys().publish("a", "{}", world.now());
    Instant later = world.tick();
    assertThat(stores.signingKeys().publishedSince(later)).isEmpty();

    stores.signingKeys().publish("a", "{}", later);

    assertThat(stores.signingKeys().publishedSince(later)).containsExactly("{}");
  }

  @Test
  void publishedByAClockThatIsBehind_staysInUse() {
    Instant earlier = world.now();
    Instant later = world.tick();
    stores.signingKeys().publish("a", "{}", later);

    stores.signingKeys().publish("a", "{}", earlier);

    assertThat(stores.signingKeys().publishedSince(later)).containsExactly("{}");
  }

  @Test
  void forget_dropsWhatIsNoLongerInUse() {
    Instant before = world.now();
    stores.signingKeys().publish("old", "{\"kid\":\"old\"}", before);
    Instant later = world.tick();
    stores.signingKeys().publish("new", "{\"kid\":\"new\"}", later);

    stores.signingKeys().forget(later);

    assertThat(stores.signingKeys().publishedSince(before)).containsExactly("{\"kid\":\"new\"}");
  }
}
