package dev.keyway.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.CommandRun;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start whose profiles no longer fit the keys that live. */
final class PrefixChangeTest {
  @TempDir Path data;

  @Test
  void serve_withAnotherPrefixOverLivingKeys_isRefused_andWithoutTheProfileWarns()
      throws IOException {
    String flood = Resource.text("flood/flood.yaml");
    Path profile = data.resolve("profiles/flood.yaml");
    Files.createDirectory(profile.getParent());
    Files.writeString(profile, flood);
    Files.writeString(data.resolve("profiles/suite.yaml"), Resource.text("suite/suite.yaml"));
    NewKey key;
    try (ServedKeyway keyway = ServedKeyway.start(data, "", Map.of())) {
      key = keyway.tenants().key("flood", keyway.tenants().account("flood"));
    }

    Files.writeString(profile, flood.replace("prefix: fld_", "prefix: flood_"));
    CommandRun refused = CommandRun.of(Map.of(), "serve", "--data", data.toString());
    assertThat(refused.status()).as(refused.out()).isEqualTo(1);
    assertThat(refused.err().lines())
        .singleElement()
        .asString()
        .contains("1 living key of product 'flood' begins with 'fld_'", "'flood_'");

    Files.delete(profile);
    try (ServedKeyway keyway = ServedKeyway.start(data, "", Map.of())) {
      assertThat(keyway.output().lines().filter(line -> line.contains("no profile is of product")))
          .singleElement()
          .asString()
          .contains("'flood'", "1 living key");
    }

    Files.writeString(profile, flood);
    try (ServedKeyway keyway = ServedKeyway.start(data, "", Map.of())) {
      assertThat(keyway.tenants().verifyCode(key.secret())).isEqualTo("valid");
    }
  }
}
