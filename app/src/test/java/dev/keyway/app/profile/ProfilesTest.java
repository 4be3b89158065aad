package dev.keyway.app.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.product.Product;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilesTest {
  private static final String ACME = ProfileReaderTest.ACME;
  private static final String ZETA =
      ACME.replace("product: acme", "product: zeta").replace("prefix: acme_", "prefix: zeta_");

  @TempDir Path folder;

  private Profiles read() {
    return Profiles.read(folder, _ -> null);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void read_folder_takesYamlFilesOnlyAndInOrder() throws Exception {
    write("b.yml", ACME);
    write("a.yaml", ZETA);
    write("notes.txt", "no profile");
    write(".hidden.yaml", "no profile");
    assertThat(read().products().all()).extracting(Product::slug).containsExactly("zeta", "acme");
  }

  @Test
  void read_mistakesInTwoFiles_namesBoth() throws Exception {
    write("a.yaml", ACME.replace("title:", "titel:"));
    write("b.yaml", ZETA.replace("carriers:", "carrier:"));
    assertThatThrownBy(this::read)
        .hasMessage(
            folder.resolve("a.yaml")
                + ":2: unknown field 'titel'; did you mean 'title'?\n"
                + folder.resolve("b.yaml")
                + ":9: unknown field 'carrier'; did you mean 'carriers'?");
  }

  @Test
  void read_nestedPrefixes() throws Exception {
    write("a.yaml", ACME);
    write("b.yaml", ZETA.replace("prefix: zeta_", "prefix: acme_zeta_"));
    assertThatThrownBy(this::read)
        .hasMessageContaining("b.yaml: key prefix 'acme_zeta_' and 'acme_' of ")
        .hasMessageContaining("a.yaml begin alike");
  }

  @Test
  void read_operatorsPrefix() throws Exception {
    write("a.yaml", ACME.replace("prefix: acme_", "prefix: kwo_"));
    assertThatThrownBy(this::read).hasMessageContaining("key prefix 'kwo_' begins with 'kwo_'");
  }

  @Test
  void read_oneProductTwice() throws Exception {
    write("a.yaml", ACME);
    write("b.yaml", ACME);
    assertThatThrownBy(this::read)
        .hasMessageContaining("b.yaml: product 'acme' is that of ")
        .hasMessageContaining("a.yaml too");
  }

  @Test
  void hash_sameProfilesInOtherFiles_isTheSame() throws Exception {
    write("a.yaml", ACME);
    write("b.yaml", ZETA);
    String hash = read().hash();
    Files.delete(folder.resolve("a.yaml"));
    write("z.yml", ACME.replace("\n", "\r\n"));
    assertThat(hash).matches("[0-9a-f]{64}").isEqualTo(read().hash());
  }

  @Test
  void hash_otherProfile_isAnother() throws Exception {
    write("a.yaml", ACME);
    String hash = read().hash();
    write("a.yaml", ACME.replace("requests: 5", "requests: 6"));
    assertThat(read().hash()).isNotEqualTo(hash);
  }

  @Test
  void withAddresses_setsThoseNamedAndKeepsTheHash() throws Exception {
    write("a.yaml", ACME);
    write("b.yaml", ZETA);
    var address = URI.create("http://127.0.0.1:9");
    Profiles placed = read().withAddresses(Map.of("acme", Map.of("rest", address)));
    assertThat(placed.hash()).isEqualTo(read().hash());
    assertThat(placed.products().find("acme").orElseThrow().upstreams().get("rest"))
        .hasFieldOrPropertyWithValue("url", address);
    assertThat(placed.products().find("zeta").orElseThrow().upstreams().get("rest"))
        .hasFieldOrPropertyWithValue("url", null);
  }

  @Test
  void files_noFolder() {
    assertThat(Profiles.files(folder.resolve("none"))).isEmpty();
  }
}
