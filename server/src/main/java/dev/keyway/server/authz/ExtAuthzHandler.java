package dev.keyway.server.authz;

import dev.keyway.core.ClientAddress;
import dev.keyway.server.door.Doors;
import dev.keyway.server.door.Doors.Entrance;
import dev.keyway.server.door.Refusals;
import dev.keyway.server.door.RequestTarget;
import dev.keyway.server.door.Routing;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes each {@code CheckRequest} of one event loop to its product and route, or says that there is
 * none, and hands it to an {@link Inquiry}.
 *
 * <p>The product is the one that the proxy's configuration names in {@code context_extensions}; the
 * path is then the product's own. Without it the gateway's rules hold: the product's own host name,
 * or else the first segment of the path.
 */
final class ExtAuthzHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ExtAuthzHandler.class);

  private final ExtAuthzParts parts;
  private final Loop loop;
  private final Vertx vertx;
  private final Doors doors;
  private final Refusals refusals;
  private final Routing routing;
  private final ExtAuthzAddresses addresses = new ExtAuthzAddresses();

  ExtAuthzHandler(ExtAuthzParts parts, Context context) {
    this.parts = parts;
    this.loop =
        new Loop(context, parts.verifier(), parts.slots(), parts.identities(), parts.elsewhere());
    this.vertx = context.owner();
    this.doors = parts.doors();
    this.refusals = parts.refusals();
    this.routing = new Routing(refusals);
  }

  /** Answers a call, or sees to it that it will be. */
  void handle(GrpcCall call, byte[] message) {
    ExtAuthzRequest request;
    try {
      request = ExtAuthzRequest.of(message);
    } catch (MalformedMessageException e) {
      call.fail(GrpcStatus.INVALID_ARGUMENT, "the message is no CheckRequest");
      return;
    }
    var answer =
        new ExtAuthzAnswer(call, request, refusals, parts.metrics().unknownProduct(), vertx);
    try {
      handle(call, request, answer);
    } catch (Throwable e) {
      // Without the target: it may hold a key.
      LOG.atError().addKeyValue("request_id", answer.id()).setCause(e).log("a check failed");
      answer.refuse(refusals.internal);
    }
  }

  private void handle(GrpcCall call, ExtAuthzRequest request, ExtAuthzAnswer answer) {
    RequestTarget target = RequestTarget.of(request.target());
    if (target == null) {
      answer.refuse(refusals.ambiguousTarget);
      return;
    }
    Entrance entrance = entrance(request, target.path());
    if (entrance != null) {
      answer.enter(entrance.door());
    }
    switch (routing.find(target, entrance, request.method(), request)) {
      case Routing.Refused refused -> answer.refuse(refused);
      case Routing.Preflight preflight -> answer.answerPreflight(preflight.methods());
      case Routing.Routed routed -> {
        List<String> userAgent = request.of("User-Agent");
        new Inquiry(
                loop,
                routed,
                request,
                client(call, request),
                userAgent.isEmpty() ? null : userAgent.getFirst(),
                answer)
            .begin();
      }
    }
  }

  private @Nullable Entrance entrance(ExtAuthzRequest request, String path) {
    if (request.product().isEmpty()) {
      return doors.findBehind(request.host(), path);
    }
    var door = doors.bySlug(request.product());
    return door == null ? null : new Entrance(door, path, null);
  }

  private ClientAddress client(GrpcCall call, ExtAuthzRequest request) {
    return addresses.of(request.address().isEmpty() ? call.peer() : request.address());
  }
}
