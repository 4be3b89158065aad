package dev.keyway.server.authz;

import dev.keyway.core.limit.LimitState;
import dev.keyway.core.verify.Credential;
import dev.keyway.core.verify.VerifiableKey;
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
import dev.keyway.server.door.Routing;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one question from its route to its answer: read the credential, verify it, and start
 * over when the key changed in between.
 */
final class Inquiry {
  private static final Logger LOG = LoggerFactory.getLogger(Inquiry.class);

  /** A key that changes this often within one request is not worth following. */
  private static final int MAX_ATTEMPTS = 5;

  private final Loop loop;
  private final RefusalSender refuser;
  private final Call call;
  private final Routing.Routed routed;
  private final DoorRoute route;
  private VerificationRequest question;
  private @Nullable LimitState counted;
  private int attempts;

  Inquiry(Loop loop, Call call, Routing.Routed routed) {
    this.loop = loop;
    this.refuser = loop.refuser();
    this.call = call;
    this.routed = routed;
    this.route = routed.route();
    Door door = routed.entrance().door();
    MultiMap headers = call.request().headers();
    Credential credential = door.reader().read(HeaderValues.in(headers), routed.query());
    String userAgent = headers.get(HttpHeaders.USER_AGENT);
    this.question =
        new VerificationRequest(
            door.product(), credential, routed.scope(), route.charge(), call.client(), userAgent);
  }

  void begin() {
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
      refuser.sendRetryable(call, refuser.refusals().cannotVerify);
    }
  }

  private void decided(VerificationDecision decision) {
    if (call.request().response().closed()) {
      return;
    }
    switch (decision) {
      case Allowed allowed -> allowed(allowed);
      case Denied denied -> refuser.sendDenial(call, denied.reason(), denied.limit());
      case Indeterminate _ -> refuser.sendRetryable(call, refuser.refusals().cannotVerify);
    }
  }

  private void allowed(Allowed allowed) {
    if (counted == null) {
      counted = allowed.limit();
    }
    VerifiableKey key = allowed.key();
    if (!route.isSigned()) {
      answer(key, null);
      return;
    }
    String upstream = route.upstream().name();
    String identity = loop.identities().ifSigned(key, upstream);
    if (identity != null) {
      answer(key, identity);
    } else if (!loop.elsewhere()
        .run(
            loop.context(),
            () -> loop.identities().sign(key, upstream),
            signed -> signed(key, signed),
            this::failed)) {
      refuser.sendRetryable(call, refuser.refusals().cannotVerify);
    }
  }

  private void signed(VerifiableKey key, String identity) {
    if (!call.request().response().closed()) {
      answer(key, identity);
    }
  }

  /**
   * Says that the key may, unless it has changed since it was read: a narrowing call that has
   * returned must be seen by every answer sent after it.
   */
  private void answer(VerifiableKey key, @Nullable String identity) {
    if (key.isCurrent(loop.slots())) {
      Verdicts.sendAllowed(call, key, counted, identity, targetWithoutKey());
    } else if (++attempts < MAX_ATTEMPTS) {
      // It has been counted.
      question = question.withoutCharge();
      begin();
    } else {
      refuser.sendRetryable(call, refuser.refusals().cannotVerify);
    }
  }

  /** What is left of a target that held the key: no upstream may see that; null for any other. */
  private @Nullable String targetWithoutKey() {
    String query = routed.query();
    if (query == null) {
      return null;
    }
    Entrance entrance = routed.entrance();
    String kept = entrance.door().reader().withoutKeys(query);
    if (kept == null) {
      return entrance.path();
    }
    return kept.equals(query) ? null : entrance.path() + '?' + kept;
  }

  private void failed(Throwable cause) {
    LOG.atError().addKeyValue("request_id", call.id()).setCause(cause).log("a request failed");
    if (!call.request().response().headWritten()) {
      refuser.send(call, refuser.refusals().internal);
    }
  }
}
