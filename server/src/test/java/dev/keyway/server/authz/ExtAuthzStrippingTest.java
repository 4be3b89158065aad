package dev.keyway.server.authz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.product.Products;
import dev.keyway.server.door.CredentialReader;
import dev.keyway.server.door.TestProducts;
import java.net.URI;
import org.junit.jupiter.api.Test;

class ExtAuthzStrippingTest {
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");
  private static final Products PRODUCTS = TestProducts.before(NOWHERE, NOWHERE);
  private static final CredentialReader READER =
      new CredentialReader(PRODUCTS.find("memorylake").orElseThrow(), PRODUCTS.format());

  @Test
  void keyParameters_areNamedAsEnvoyReadsThem() {
    assertThat(ExtAuthzStripping.keyParameters("a=1&apikey=k&b=2", READER))
        .containsExactly("apikey");
    // Envoy knows no other form of a name than the raw one.
    assertThat(ExtAuthzStripping.keyParameters("api%6Bey=k", READER)).containsExactly("api%6Bey");
    // For Envoy all of this is one parameter.
    assertThat(ExtAuthzStripping.keyParameters("a=1;apikey=k&b=2", READER)).containsExactly("a");
    assertThat(ExtAuthzStripping.keyParameters("apikey&access_token=k", READER))
        .containsExactly("apikey", "access_token");
  }

  @Test
  void keyParameters_ofAQueryWithoutKeys_areNone() {
    assertThat(ExtAuthzStripping.keyParameters("a=1&&b", READER)).isEmpty();
    assertThat(ExtAuthzStripping.keyParameters("", READER)).isEmpty();
    assertThat(ExtAuthzStripping.keyParameters(null, READER)).isEmpty();
  }
}
