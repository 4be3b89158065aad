package dev.keyway.store.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The scripts of the databases tell of one schema. */
class MigrationScriptsTest {
  /** The nodes of a cluster: a SQLite file has one. */
  private static final Set<String> ONLY_POSTGRES = Set.of("10");

  @Test
  void checksums_ofBothDatabases_haveTheSameVersions() throws Exception {
    Map<String, Integer> sqlite = MigrationScripts.checksums(Dialect.SQLITE);
    Map<String, Integer> postgres = MigrationScripts.checksums(Dialect.POSTGRES);

    var expected = new HashSet<>(sqlite.keySet());
    assertThat(expected).isNotEmpty().doesNotContainAnyElementsOf(ONLY_POSTGRES);
    expected.addAll(ONLY_POSTGRES);
    assertThat(postgres.keySet()).isEqualTo(expected);
    assertThat(postgres.get("1")).as("shared").isEqualTo(sqlite.get("1"));
    assertThat(postgres.get("2")).as("each its own").isNotEqualTo(sqlite.get("2"));
  }
}
