package dev.keyway.app.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.keyway.app.yaml.MistakesException;
import dev.keyway.app.yaml.References;
import dev.keyway.core.apikey.KeyFormat;
import dev.keyway.core.product.Product;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A profile is read, always to the same product and never to one that the gateway could not serve,
 * or its mistakes are named by line.
 */
class ProfileFuzzTest {
  private final ProfileReader reader = new ProfileReader(new References(_ -> null, Path.of(".")));

  @FuzzTest(maxDuration = "60s")
  void read(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    Product product;
    try {
      product = reader.read("p.yaml", text);
    } catch (MistakesException e) {
      assertThat(e.lines()).isNotEmpty().allMatch(line -> line.matches("p\\.yaml:[0-9]+: .+"));
      return;
    }
    assertThat(product.slug()).matches("[a-z][a-z0-9-]{0,30}");
    assertThat(product.carriers()).isNotEmpty();
    String prefix = product.key().prefix();
    assertThat(prefix).isNotEmpty();
    assertThat(new KeyFormat(List.of(prefix)).prefixes()).containsExactly(prefix);
    product
        .routes()
        .forEach(route -> {
          assertThat(route.path()).startsWith("/").doesNotContain("//", "%", "?", "#", ";", "\\");
          assertThat(product.upstreams()).containsKey(route.upstream());
          assertThat(route.limits()).allMatch(product.limits()::contains);
        });
    assertThat(reader.read("p.yaml", text).routes()).isEqualTo(product.routes());
  }
}
