package dev.keyway.conformance.application;

import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.NodeProgram;
import java.net.URI;
import java.util.Map;

/** An application of {@code conformance/node}, guarded by the TypeScript client as it is built. */
final class NodeApplication implements GuardedApplication {
  private final NodeProgram program;
  private final Door door;

  NodeApplication(String script, URI control, String product) {
    program =
        NodeProgram.start(
            Map.of("KEYWAY_URL", control.toString(), "KEYWAY_PRODUCT", product), script);
    door = new Door(URI.create(program.after("listening: ")));
  }

  @Override
  public Door door() {
    return door;
  }

  @Override
  public void close() {
    program.close();
  }
}
