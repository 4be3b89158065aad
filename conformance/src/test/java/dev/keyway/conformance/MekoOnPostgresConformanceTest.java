package dev.keyway.conformance;

import dev.keyway.conformance.harness.RunningKeyway;

/** What Meko promises does not depend on the database. */
final class MekoOnPostgresConformanceTest extends MekoConformanceTest {
  @Override
  RunningKeyway running() {
    return RunningKeyway.onPostgres();
  }
}
