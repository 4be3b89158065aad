package dev.keyway.conformance.application;

import java.net.URI;
import org.junit.jupiter.api.DisplayName;

/** The TypeScript client's middleware, in Express. */
@DisplayName("Contract: the Express middleware")
final class ExpressDoorTest extends ApplicationDoorContract {
  @Override
  GuardedApplication guarded(URI control, String product) {
    return new NodeApplication("express-application.js", control, product);
  }
}
