package dev.keyway.conformance.application;

import java.net.URI;
import org.junit.jupiter.api.DisplayName;

/** The servlet filter, in Jetty. */
@DisplayName("Contract: the servlet filter")
final class ServletDoorTest extends ApplicationDoorContract {
  @Override
  GuardedApplication guarded(URI control, String product) throws Exception {
    return new JettyApplication(control, product);
  }
}
