package dev.keyway.store.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The scripts of the databases tell of one schema. */
class MigrationScriptsTest {
  @Test
  void checksums_ofBothDatabases_haveTheSameVersions() throws Exception {
    Map<String, Integer> sqlite = MigrationScripts.checksums(Dialect.SQLITE);
    Map<String, Integer> postgres = MigrationScripts.checksums(Dialect.POSTGRES);

    assertThat(postgres.keySet()).isEqualTo(sqlite.keySet()).isNotEmpty();
    assertThat(postgres.get("1")).as("shared").isEqualTo(sqlite.get("1"));
    assertThat(postgres.get("2")).as("each its own").isNotEqualTo(sqlite.get("2"));
  }
}
