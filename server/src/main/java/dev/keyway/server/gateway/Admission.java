package dev.keyway.server.gateway;

import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.limit.Charge;
import dev.keyway.core.limit.LimitState;
import dev.keyway.core.verify.Credential;
import dev.keyway.core.verify.VerificationDecision;
import dev.keyway.core.verify.VerificationDecision.Allowed;
import dev.keyway.core.verify.VerificationDecision.Denied;
import dev.keyway.core.verify.VerificationDecision.Indeterminate;
import dev.keyway.core.verify.VerificationRequest;
import dev.keyway.server.door.Call;
import dev.keyway.server.door.Door;
import dev.keyway.server.door.DoorRoute;
import dev.keyway.server.door.Doors.Entrance;
import dev.keyway.server.door.HeaderValues;
import dev.keyway.server.door.RefusalSender;
import dev.keyway.server.door.Refusals;
import dev.keyway.server.door.Routing;
import dev.keyway.server.http.FieldLines;
import dev.keyway.server.mcp.McpSessionIds;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one request from its route to its upstream: read the credential, verify it, enter the
 * exchange under its key, and start over when the key changed in between.
 */
final class Admission {
  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

  /** A key that changes this often within one request is not worth following. */
  private static final int MAX_ATTEMPTS = 5;

  private final Loop loop;
  private final RefusalSender refuser;
  private final Refusals refusals;
  private final Call call;
  private final Routing.Routed routed;
  private final UpstreamTarget upstream;
  private final Session session;

  private VerificationRequest question;
  private @Nullable LimitState counted;
  private int attempts;

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
    this.question =
        new VerificationRequest(
            door.product(), credential, routed.scope(), charge, call.client(), userAgent);
  }

  void begin() {
    call.holdBody();
    decide();
  }

  private void decide() {
    Optional<VerificationDecision> decision = loop.verifier().verifyIfCached(question);
    if (decision.isPresent()) {
      decided(decision.get());
      return;
    }
    VerificationRequest asked = question;
    boolean isAsked =
        loop.elsewhere()
            .run(
                loop.context(),
                () -> loop.verifier().verifyInStore(asked),
                this::decided,
                this::failed);
    if (!isAsked) {
      refuser.sendRetryable(call, refusals.cannotVerify);
    }
  }

  private void decided(VerificationDecision decision) {
    if (call.request().response().closed()) {
      return;
    }
    switch (decision) {
      case Allowed allowed -> allowed(allowed);
      case Denied denied -> refuser.sendDenial(call, denied.reason(), denied.limit());
      case Indeterminate _ -> refuser.sendRetryable(call, refusals.cannotVerify);
    }
  }

  private void allowed(Allowed allowed) {
    if (counted == null) {
      counted = allowed.limit();
    }
    if (session.isForeign) {
      refuser.send(call, refusals.foreignSession);
    } else if (!upstream.isConfigured()) {
      refuser.send(call, refusals.notConfigured);
    } else {
      enter(allowed);
    }
  }

  private void enter(Allowed allowed) {
    var exchange =
        new ProxyExchange(
            loop, call, routed, upstream, target(), allowed.key(), counted, session.id);
    if (loop.exchanges().enter(exchange, allowed.key())) {
      exchange.start();
      return;
    }
    // A cut may have seen it all the same, and must not end what comes on this connection next.
    exchange.leave();
    if (++attempts < MAX_ATTEMPTS) {
      question = question.withoutCharge();
      decide();
    } else {
      refuser.sendRetryable(call, refusals.cannotVerify);
    }
  }

  private void failed(Throwable cause) {
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
    List<String> named = FieldLines.of(call.request().headers(), McpSessionIds.HEADER);
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
