package dev.keyway.server.gateway;

import dev.keyway.server.door.Call;
import dev.keyway.server.door.Doors;
import dev.keyway.server.door.Doors.Entrance;
import dev.keyway.server.door.HeaderValues;
import dev.keyway.server.door.RefusalSender;
import dev.keyway.server.door.Refusals;
import dev.keyway.server.door.RequestTarget;
import dev.keyway.server.door.Routing;
import dev.keyway.server.http.Aborts;
import dev.keyway.server.http.ClientConnections;
import dev.keyway.server.http.Framing;
import dev.keyway.server.http.LastAnswer;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes each request of one event loop to its product and route, or says that there is none, and
 * hands it to an {@link Admission}.
 */
final class GatewayHandler implements Handler<HttpServerRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayHandler.class);

  private final Loop loop;
  private final Doors doors;
  private final ClientConnections clients;
  private final RefusalSender refuser;
  private final Refusals refusals;
  private final Routing routing;

  GatewayHandler(Loop loop, Doors doors, ClientConnections clients) {
    this.loop = loop;
    this.doors = doors;
    this.clients = clients;
    this.refuser = loop.refuser();
    this.refusals = refuser.refusals();
    this.routing = new Routing(refusals);
  }

  @Override
  public void handle(HttpServerRequest request) {
    if (LastAnswer.drops(request)) {
      return;
    }
    var call = new Call(request, clients.begin(request));
    if (request.response().writeQueueFull()) {
      call.holdBody();
      clients.hold(request, () -> answer(call));
    } else {
      answer(call);
    }
  }

  private void answer(Call call) {
    HttpServerRequest request = call.request();
    try {
      handle(call);
    } catch (Throwable e) {
      // Without the target: it may hold a key.
      LOG.atError().addKeyValue("request_id", call.id()).setCause(e).log("a request failed");
      if (request.response().headWritten()) {
        Aborts.abort(request.connection());
      } else {
        refuser.send(call, refusals.internal);
      }
    }
  }

  private void handle(Call call) {
    HttpServerRequest request = call.request();
    if (!Framing.isClear(request)) {
      refuser.sendLast(call, refusals.malformed);
      return;
    }
    RequestTarget target = RequestTarget.of(request.uri());
    if (target == null) {
      refuser.send(call, refusals.ambiguousTarget);
      return;
    }
    Entrance entrance = doors.find(request, target.path());
    if (entrance != null) {
      call.enter(entrance.door());
    }
    HttpMethod method = request.method();
    switch (routing.find(target, entrance, method.name(), HeaderValues.in(request.headers()))) {
      case Routing.Refused refused -> refuser.send(call, refused);
      case Routing.Preflight preflight -> answer(call, preflight);
      case Routing.Routed routed -> new Admission(loop, call, routed).begin();
    }
  }

  private static void answer(Call call, Routing.Preflight preflight) {
    call.cors().setPreflight(call, preflight.methods());
    call.countPassed(Routing.Preflight.STATUS);
    call.request().response().setStatusCode(Routing.Preflight.STATUS);
    call.end(null);
  }
}
