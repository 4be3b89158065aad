package dev.keyway.server.gateway;

import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.limit.Charge;
import dev.keyway.core.limit.LimitState;
import dev.keyway.core.verify.Credential;
import dev.keyway.core.verify.DenialReason;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.core.verify.VerificationRequest;
import dev.keyway.server.door.Call;
import dev.keyway.server.door.Door;
import dev.keyway.server.door.DoorRoute;
import dev.keyway.server.door.Doors.Entrance;
import dev.keyway.server.door.HeaderValues;
import dev.keyway.server.door.RefusalSender;
import dev.keyway.server.door.Refusals;
import dev.keyway.server.door.Routing;
import dev.keyway.server.door.Verification;
import dev.keyway.server.mcp.McpSessionIds;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one request from its route to its upstream: read the credential, verify it, enter the
 * exchange under its key, and start over when the key changed in between.
 */
final class Admission implements Verification.Asker {
  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

  private final Loop loop;
  private final RefusalSender refuser;
  private final Refusals refusals;
  private final Call call;
  private final Routing.Routed routed;
  private final UpstreamTarget upstream;
  private final Session session;
  private final Verification verification;

  Admission(Loop loop, Call call, Routing.Routed routed) {
    this.loop = loop;
    this.refuser = loop.refuser();
    this.refusals = refuser.refusals();
    this.call = call;
    this.routed = routed;
    DoorRoute route = routed.route();
    this.upstream = loop.upstreams().of(route.upstream());
    Door door = routed.entrance().door();
    Credential credential =
        door.reader().read(HeaderValues.in(call.request().headers()), routed.query());
    this.session = route.isMcp() ? session(credential) : Session.NONE;
    // A refusal counts nothing, and another key's session will be one even if the key is good.
    Charge charge = session.isForeign ? null : route.charge();
    String userAgent = call.request().headers().get(HttpHeaders.USER_AGENT);
    var question =
        new VerificationRequest(
            door.product(), credential, routed.scope(), charge, call.client(), userAgent);
    this.verification =
        new Verification(loop.verifier(), loop.elsewhere(), loop.context(), question, this);
  }

  void begin() {
    call.holdBody();
    verification.begin();
  }

  @Override
  public boolean isGone() {
    return call.request().response().closed();
  }

  @Override
  public void allowed(VerifiableKey key, @Nullable LimitState limit) {
    if (session.isForeign) {
      refuser.send(call, refusals.foreignSession);
    } else if (!upstream.isConfigured()) {
      refuser.send(call, refusals.notConfigured);
    } else {
      enter(key, limit);
    }
  }

  private void enter(VerifiableKey key, @Nullable LimitState limit) {
    var exchange =
        new ProxyExchange(loop, call, routed, upstream, target(), key, limit, session.id);
    if (loop.exchanges().enter(exchange, key)) {
      exchange.start();
      return;
    }
    // A cut may have seen it all the same, and must not end what comes on this connection next.
    exchange.leave();
    verification.again();
  }

  @Override
  public void denied(DenialReason reason, @Nullable LimitState limit) {
    refuser.sendDenial(call, reason, limit);
  }

  @Override
  public void undecided() {
    refuser.sendRetryable(call, refusals.cannotVerify);
  }

  @Override
  public void failed(Throwable cause) {
    LOG.atError().addKeyValue("request_id", call.id()).setCause(cause).log("a request failed");
    if (!call.request().response().headWritten()) {
      refuser.send(call, refusals.internal);
    }
  }

  /** The target below the upstream's own path, without any key (LAKE-7). */
  private String target() {
    Entrance entrance = routed.entrance();
    String kept = entrance.door().reader().withoutKeys(routed.query());
    return kept == null ? entrance.path() : entrance.path() + '?' + kept;
  }

  /** The session a request names, which the key it claims to come with must be bound to. */
  private Session session(Credential credential) {
    List<String> named = call.request().headers().getAll(McpSessionIds.HEADER);
    if (named.isEmpty()) {
      return Session.NONE;
    }
    ApiKeyId key =
        credential instanceof Credential.Single single ? single.claimedId(loop.format()) : null;
    String id =
        named.size() == 1 && key != null
            ? loop.sessions().unbind(named.getFirst(), key.toString())
            : null;
    return id == null ? Session.FOREIGN : new Session(id, false);
  }

  private record Session(@Nullable String id, boolean isForeign) {
    static final Session NONE = new Session(null, false);
    static final Session FOREIGN = new Session(null, true);
  }
}
