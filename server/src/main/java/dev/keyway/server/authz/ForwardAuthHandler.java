package dev.keyway.server.authz;

import dev.keyway.server.door.Call;
import dev.keyway.server.door.Door;
import dev.keyway.server.door.Doors;
import dev.keyway.server.door.Doors.Entrance;
import dev.keyway.server.door.HeaderValues;
import dev.keyway.server.door.Refusal;
import dev.keyway.server.door.RefusalSender;
import dev.keyway.server.door.Refusals;
import dev.keyway.server.door.RequestTarget;
import dev.keyway.server.door.Routing;
import dev.keyway.server.http.Aborts;
import dev.keyway.server.http.ClientConnections;
import dev.keyway.server.http.Framing;
import dev.keyway.server.http.LastAnswer;
import dev.keyway.server.http.LoopDoor;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes each question of one event loop to the product and route it is about, or says that there is
 * none, and hands it to an {@link Inquiry}. Peers outside the internal networks are not answered.
 */
final class ForwardAuthHandler implements LoopDoor.Answering {
  private static final Logger LOG = LoggerFactory.getLogger(ForwardAuthHandler.class);
  private static final String PREFIX = "/authz/";

  private final Loop loop;
  private final Doors doors;
  private final ClientConnections clients;
  private final ProxyMistakes mistakes;
  private final RefusalSender refuser;
  private final Refusals refusals;
  private final Routing routing;

  ForwardAuthHandler(
      Loop loop,
      RefusalSender refuser,
      Doors doors,
      ClientConnections clients,
      ProxyMistakes mistakes) {
    this.loop = loop;
    this.doors = doors;
    this.clients = clients;
    this.mistakes = mistakes;
    this.refuser = refuser;
    this.refusals = refuser.refusals();
    this.routing = new Routing(refusals);
  }

  @Override
  public boolean answers(HttpServerRequest request) {
    if (!isHere(request)) {
      return false;
    }
    if (LastAnswer.drops(request)) {
      return true;
    }
    var call = new Call(request, clients.begin(request));
    call.holdBody();
    if (request.response().writeQueueFull()) {
      clients.hold(request, () -> answer(call));
    } else {
      answer(call);
    }
    return true;
  }

  @Override
  public boolean refuses(HttpServerRequest unreadable) {
    if (!isHere(unreadable)) {
      return false;
    }
    if (!LastAnswer.drops(unreadable)) {
      var call = new Call(unreadable, clients.begin(unreadable));
      refuser.sendLast(
          call, Framing.isTooLong(unreadable) ? refusals.tooLarge : refusals.malformed);
    }
    return true;
  }

  private boolean isHere(HttpServerRequest request) {
    return request.uri().startsWith(PREFIX) && clients.isInternal(request);
  }

  private void answer(Call call) {
    try {
      handle(call);
    } catch (Throwable e) {
      // Without the target: it may hold a key.
      LOG.atError().addKeyValue("request_id", call.id()).setCause(e).log("a request failed");
      if (call.request().response().headWritten()) {
        Aborts.abort(call.request().connection());
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
    Door door = doors.bySlug(slug(request.uri()));
    if (door == null) {
      refuser.send(call, refusals.notFound);
      return;
    }
    call.enter(door);
    MultiMap headers = request.headers();
    String method = ProxyField.METHOD.read(headers);
    String uri = ProxyField.TARGET.read(headers);
    if (method == null || uri == null) {
      refuser.send(call, mistake(headers, method));
    } else {
      answer(call, door, method, RequestTarget.of(uri));
    }
  }

  private void answer(Call call, Door door, String method, @Nullable RequestTarget target) {
    if (target == null) {
      refuser.send(call, refusals.ambiguousTarget);
      return;
    }
    var entrance = new Entrance(door, target.path(), null);
    switch (routing.find(target, entrance, method, HeaderValues.in(call.request().headers()))) {
      case Routing.Refused refused -> refuser.send(call, refused);
      case Routing.Preflight preflight -> Verdicts.sendPreflight(call, preflight);
      case Routing.Routed routed -> ask(call, routed);
    }
  }

  private void ask(Call call, Routing.Routed routed) {
    MultiMap headers = call.request().headers();
    new Inquiry(
            loop,
            routed,
            HeaderValues.in(headers),
            call.client(),
            headers.get(HttpHeaders.USER_AGENT),
            new ForwardAuthReply(refuser, call))
        .begin();
  }

  private Refusal mistake(MultiMap headers, @Nullable String method) {
    ProxyField unread = method == null ? ProxyField.METHOD : ProxyField.TARGET;
    if (unread.isSaid(headers)) {
      return mistakes.unclear();
    }
    return method == null ? mistakes.noMethod() : mistakes.noTarget();
  }

  /** What follows the prefix, without a query: some proxies add that of the request. */
  private static String slug(String uri) {
    int question = uri.indexOf('?');
    return uri.substring(PREFIX.length(), question < 0 ? uri.length() : question);
  }
}
