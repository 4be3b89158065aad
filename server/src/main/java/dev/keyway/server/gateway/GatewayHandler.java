package dev.keyway.server.gateway;

import dev.keyway.server.gateway.Doors.Entrance;
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
  private final Refusals refusals;

  GatewayHandler(Loop loop, Doors doors, ClientConnections clients) {
    this.loop = loop;
    this.doors = doors;
    this.clients = clients;
    this.refusals = loop.refusals();
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
        refusals.send(call, refusals.internal);
      }
    }
  }

  private void handle(Call call) {
    HttpServerRequest request = call.request();
    if (!Framing.isClear(request)) {
      refusals.sendLast(call, refusals.malformed);
      return;
    }
    RequestTarget target = RequestTarget.of(request.uri());
    if (target == null) {
      refusals.send(call, refusals.ambiguousTarget);
      return;
    }
    Entrance entrance = doors.find(request, target.path());
    if (entrance != null) {
      call.enter(entrance.door());
    }
    if (target.isDiscovery()) {
      refusals.send(call, refusals.discovery);
    } else if (!target.isUnambiguous()) {
      refusals.send(call, refusals.ambiguousTarget);
    } else if (entrance == null) {
      refusals.send(call, refusals.notFound);
    } else {
      route(call, entrance, target);
    }
  }

  private void route(Call call, Entrance entrance, RequestTarget target) {
    RouteTable.Entry entry = entrance.door().routes().find(entrance.path());
    if (call.cors().answers(call.request())) {
      call.cors().answerPreflight(call, entry == null ? "" : entry.methods());
      return;
    }
    if (entry == null) {
      refusals.send(call, refusals.notFound);
      return;
    }
    HttpMethod method = call.request().method();
    GatewayRoute route = isForwardable(method) ? entry.forMethod(method.name()) : null;
    if (route == null) {
      refusals.sendMethodNotAllowed(call, entry.methods());
      return;
    }
    Integer number = route.route().scopeSegment();
    String scope = number == null ? null : RequestTarget.segment(entrance.path(), number);
    if (number != null && scope == null) {
      refusals.send(call, refusals.notFound);
      return;
    }
    new Admission(loop, call, entrance, route, target.query(), scope).begin();
  }

  /**
   * TRACE would show the client the headers that are meant for the upstream alone, and CONNECT asks
   * for a tunnel to wherever the client likes.
   */
  private static boolean isForwardable(HttpMethod method) {
    return !HttpMethod.TRACE.equals(method) && !HttpMethod.CONNECT.equals(method);
  }
}
