package dev.keyway.server.http;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;

/**
 * A door on the control listener whose requests are answered on the event loop itself: they are
 * looked at before the route table, and cost none of what management calls do.
 */
@FunctionalInterface
public interface LoopDoor {
  /** No such door. */
  LoopDoor NONE = (_, _) -> Answering.NOTHING;

  /**
   * Opens it on one event loop, whose thread this is, once the listener is bound.
   *
   * @param clients the connections of that loop
   */
  Answering open(Context context, ClientConnections clients);

  /** The door as it stands on one event loop. */
  interface Answering {
    /** Answers nothing. */
    Answering NOTHING = _ -> false;

    /**
     * Answers a request, now or later, if it came to this door.
     *
     * @return false when it did not, and nothing was done
     */
    boolean answers(HttpServerRequest request);
  }
}
