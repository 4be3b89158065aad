package dev.keyway.server.authz;

import dev.keyway.core.ClientAddress;
import dev.keyway.core.limit.LimitState;
import dev.keyway.core.verify.Credential;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.core.verify.VerificationDecision;
import dev.keyway.core.verify.VerificationDecision.Allowed;
import dev.keyway.core.verify.VerificationDecision.Denied;
import dev.keyway.core.verify.VerificationDecision.Indeterminate;
import dev.keyway.core.verify.VerificationRequest;
import dev.keyway.server.door.Door;
import dev.keyway.server.door.DoorRoute;
import dev.keyway.server.door.Routing;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one check from its route to its answer: read the credential, verify it, and start over
 * when the key changed in between.
 */
final class ExtAuthzCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ExtAuthzCheck.class);

  /** A key that changes this often within one check is not worth following. */
  private static final int MAX_ATTEMPTS = 5;

  private final ExtAuthzParts parts;
  private final Context context;
  private final GrpcCall call;
  private final Routing.Routed routed;
  private final ExtAuthzAnswer answer;

  private VerificationRequest question;
  private @Nullable LimitState counted;
  private int attempts;
  private boolean hasDeadline;

  ExtAuthzCheck(
      ExtAuthzParts parts,
      Context context,
      GrpcCall call,
      ExtAuthzRequest request,
      ClientAddress client,
      Routing.Routed routed,
      ExtAuthzAnswer answer) {
    this.parts = parts;
    this.context = context;
    this.call = call;
    this.routed = routed;
    this.answer = answer;
    Door door = routed.entrance().door();
    Credential credential = door.reader().read(request, routed.query());
    List<String> userAgent = request.of("User-Agent");
    this.question =
        new VerificationRequest(
            door.product(),
            credential,
            routed.scope(),
            routed.route().charge(),
            client,
            userAgent.isEmpty() ? null : userAgent.getFirst());
  }

  void decide() {
    Optional<VerificationDecision> decision = parts.verifier().verifyIfCached(question);
    if (decision.isPresent()) {
      decided(decision.get());
      return;
    }
    VerificationRequest asked = question;
    runElsewhere(() -> parts.verifier().verifyInStore(asked), this::decided);
  }

  private void decided(VerificationDecision decision) {
    if (call.isOver()) {
      return;
    }
    switch (decision) {
      case Allowed allowed -> allowed(allowed);
      case Denied denied -> answer.deny(parts.refusals().of(denied.reason()), denied.limit());
      case Indeterminate _ -> answer.refuseForNow(parts.refusals().cannotVerify);
    }
  }

  private void allowed(Allowed allowed) {
    if (counted == null) {
      counted = allowed.limit();
    }
    VerifiableKey key = allowed.key();
    if (key.isCurrent(parts.slots())) {
      identify(key);
    } else if (++attempts < MAX_ATTEMPTS) {
      question = question.withoutCharge();
      decide();
    } else {
      answer.refuseForNow(parts.refusals().cannotVerify);
    }
  }

  private void identify(VerifiableKey key) {
    DoorRoute route = routed.route();
    if (!route.isSigned()) {
      answer.allow(routed, key, counted, null);
      return;
    }
    String audience = route.upstream().name();
    String identity = parts.identities().ifSigned(key, audience);
    if (identity != null) {
      answer.allow(routed, key, counted, identity);
    } else {
      runElsewhere(() -> parts.identities().sign(key, audience), signed -> signed(key, signed));
    }
  }

  /** Signing took its time, so the key is looked at once more. */
  private void signed(VerifiableKey key, String identity) {
    if (key.isCurrent(parts.slots())) {
      answer.allow(routed, key, counted, identity);
    } else {
      allowed(new Allowed(key, counted));
    }
  }

  private <T> void runElsewhere(Supplier<T> work, Consumer<T> then) {
    if (!parts.elsewhere().run(context, work, then, this::failed)) {
      answer.refuseForNow(parts.refusals().cannotVerify);
      return;
    }
    long remaining = call.remainingNanos();
    if (remaining < Long.MAX_VALUE && !hasDeadline) {
      hasDeadline = true;
      endAt(remaining);
    }
  }

  /** Most callers cancel at their deadline; for one that does not, nothing is kept. */
  private void endAt(long remainingNanos) {
    long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(remainingNanos));
    Vertx vertx = context.owner();
    long timer =
        vertx.setTimer(
            millis,
            _ -> call.fail(GrpcStatus.DEADLINE_EXCEEDED, "the store did not answer in time"));
    call.whenOver(() -> vertx.cancelTimer(timer));
  }

  private void failed(Throwable cause) {
    LOG.atError().addKeyValue("request_id", answer.id()).setCause(cause).log("a check failed");
    answer.refuse(parts.refusals().internal);
  }
}
