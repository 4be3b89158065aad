package dev.keyway.conformance.application;

import java.net.URI;
import org.junit.jupiter.api.DisplayName;

/** The TypeScript client's guard of Fetch handlers, behind Node's HTTP server. */
@DisplayName("Contract: the guard of Fetch handlers")
final class FetchDoorTest extends ApplicationDoorContract {
  @Override
  GuardedApplication guarded(URI control, String product) {
    return new NodeApplication("fetch-application.js", control, product);
  }
}
