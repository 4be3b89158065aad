package dev.keyway.core.installation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.contract.StoreContract;
import dev.keyway.core.contract.Together;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link InstallationSecrets} does. */
public abstract class InstallationSecretsContract extends StoreContract {

  @Test
  void get_isMadeOnFirstUseAndStays() {
    byte[] secret = stores.secrets().get("one");

    assertThat(secret).hasSize(32).isNotEqualTo(new byte[32]);
    assertThat(stores.secrets().get("one")).isEqualTo(secret);
  }

  @Test
  void get_otherNames_areOtherSecrets() {
    assertThat(stores.secrets().get("one")).isNotEqualTo(stores.secrets().get("two"));
    assertThat(stores.secrets().get("one")).isNotEqualTo(stores.secrets().get("One"));
  }

  @Test
  void get_changedByItsReader_staysWhatItWas() {
    byte[] secret = stores.secrets().get("one");
    byte[] before = secret.clone();
    secret[0]++;

    assertThat(stores.secrets().get("one")).isEqualTo(before);
  }

  @Test
  void get_firstUsedConcurrently_isOneSecret() {
    List<String> secrets =
        Together.run(8, _ -> HexFormat.of().formatHex(stores.secrets().get("one")));

    assertThat(Set.copyOf(secrets)).hasSize(1);
  }
}
