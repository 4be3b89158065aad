package dev.keyway.server.authz;

import dev.keyway.core.change.ChangeSlots;
import dev.keyway.core.product.Products;
import dev.keyway.core.verify.Verifier;
import dev.keyway.server.door.Doors;
import dev.keyway.server.door.Elsewhere;
import dev.keyway.server.door.IdentityTokens;
import dev.keyway.server.door.RefusalSender;
import dev.keyway.server.door.Refusals;
import dev.keyway.server.http.ClientConnections;
import dev.keyway.server.http.LoopDoor;
import io.vertx.core.Context;
import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Forward-auth: a proxy asks at {@code /authz/{product}} whether it may forward a request, as
 * nginx' {@code auth_request}, Traefik's ForwardAuth and Caddy's {@code forward_auth} do. It is
 * answered from the headers alone and, for a key in memory, on the event loop.
 */
public final class ForwardAuth implements LoopDoor, AutoCloseable {
  private final Products products;
  private final Verifier verifier;
  private final ChangeSlots slots;
  private final IdentityTokens identities;
  private final ForwardAuthMetrics metrics;
  private final Supplier<URI> controlUrl;
  private final Elsewhere elsewhere = new Elsewhere();

  /**
   * The door of one node.
   *
   * @param slots what tells that a key has changed since it was read
   * @param controlUrl where the pages stand that explain each code; asked for once the listener is
   *     bound
   */
  public ForwardAuth(
      Products products,
      Verifier verifier,
      ChangeSlots slots,
      IdentityTokens identities,
      ForwardAuthMetrics metrics,
      Supplier<URI> controlUrl) {
    this.products = products;
    this.verifier = verifier;
    this.slots = slots;
    this.identities = identities;
    this.metrics = metrics;
    this.controlUrl = controlUrl;
  }

  @Override
  public Answering open(Context context, ClientConnections clients) {
    URI url = controlUrl.get();
    var refuser = RefusalSender.toProxies(new Refusals(url), metrics.unknownProduct());
    var loop = new Loop(context, verifier, slots, identities, elsewhere);
    var doors = new Doors(products, Map.of(), metrics::answers);
    return new ForwardAuthHandler(loop, refuser, doors, clients, ProxyMistakes.explainedAt(url));
  }

  /** Once the listener is closed and nobody asks any more. */
  @Override
  public void close() {
    elsewhere.close();
  }
}
