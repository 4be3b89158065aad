package dev.keyway.server.http;

import dev.keyway.core.UnavailableException;
import java.util.function.BooleanSupplier;

/**
 * Whether this node lives and is ready. It is ready unless it is draining or its store does not
 * answer; nothing else would make it answer 503 to a valid key.
 */
public final class Health {
  private final Runnable storeProbe;
  private final BooleanSupplier writable;
  private final BooleanSupplier draining;

  /**
   * The health of one node.
   *
   * @param storeProbe reads something small from the store; throws {@link UnavailableException}
   *     when it does not answer
   * @param writable whether the store takes changes, as far as is known
   */
  public Health(Runnable storeProbe, BooleanSupplier writable, BooleanSupplier draining) {
    this.storeProbe = storeProbe;
    this.writable = writable;
    this.draining = draining;
  }

  /** Answers {@code GET /health}: 200 when ready, else 503. */
  Response report() {
    boolean isDraining = draining.getAsBoolean();
    boolean isStoreThere = isStoreThere();
    boolean ready = isStoreThere && !isDraining;
    var json =
        new JsonObject()
            .put("live", true)
            .put("ready", ready)
            .put("store", store(isStoreThere))
            .put("draining", isDraining);
    return Response.json(ready ? 200 : 503, json).with("Cache-Control", "no-store");
  }

  /** A store that cannot be written, as on a full disk, still tells which keys are valid. */
  private String store(boolean isThere) {
    if (!isThere) {
      return "unavailable";
    }
    return writable.getAsBoolean() ? "ok" : "read_only";
  }

  /** Answers {@code GET /health/live}: 200 as long as the node answers at all. */
  static Response alive() {
    return Response.json(200, new JsonObject().put("live", true)).with("Cache-Control", "no-store");
  }

  private boolean isStoreThere() {
    try {
      storeProbe.run();
      return true;
    } catch (UnavailableException e) {
      return false;
    }
  }
}
