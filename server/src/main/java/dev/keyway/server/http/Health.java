package dev.keyway.server.http;

import java.util.function.BooleanSupplier;

/**
 * Whether this node lives and is ready. It is ready unless it is draining or its store does not
 * answer. While the store is silent, keys in memory go on working; a valid key that is not there
 * gets 503, and so another node, if there is one, serves better.
 */
public final class Health {
  private final BooleanSupplier storeAnswers;
  private final BooleanSupplier writable;
  private final BooleanSupplier draining;

  /**
   * The health of one node.
   *
   * @param storeAnswers whether the store did when it was last asked; must answer at once, because
   *     anybody may ask for the health as often as they like
   * @param writable whether the store took changes when that was last tried; at once, likewise
   */
  public Health(BooleanSupplier storeAnswers, BooleanSupplier writable, BooleanSupplier draining) {
    this.storeAnswers = storeAnswers;
    this.writable = writable;
    this.draining = draining;
  }

  /** Whether this node would answer 503 to no valid key, and stays. */
  public boolean isReady() {
    return storeAnswers.getAsBoolean() && !draining.getAsBoolean();
  }

  /** Answers {@code GET /health}: 200 when ready, else 503. */
  Response report() {
    boolean isDraining = draining.getAsBoolean();
    boolean isStoreThere = storeAnswers.getAsBoolean();
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
}
