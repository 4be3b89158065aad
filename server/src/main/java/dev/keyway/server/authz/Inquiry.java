package dev.keyway.server.authz;

import dev.keyway.core.ClientAddress;
import dev.keyway.core.limit.LimitState;
import dev.keyway.core.verify.Credential;
import dev.keyway.core.verify.DenialReason;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.core.verify.VerificationRequest;
import dev.keyway.server.door.Door;
import dev.keyway.server.door.DoorRoute;
import dev.keyway.server.door.HeaderValues;
import dev.keyway.server.door.Routing;
import dev.keyway.server.door.Verification;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one proxy's question from its route to its answer: read the credential, verify it,
 * sign whose key it is where the route asks for that, and start over when the key changed in
 * between.
 */
final class Inquiry implements Verification.Asker {
  private static final Logger LOG = LoggerFactory.getLogger(Inquiry.class);

  private final Loop loop;
  private final Routing.Routed routed;
  private final Reply reply;
  private final Verification verification;

  /**
   * A question that is not asked yet.
   *
   * @param userAgent what the client calls itself; null for nothing
   */
  Inquiry(
      Loop loop,
      Routing.Routed routed,
      HeaderValues headers,
      ClientAddress client,
      @Nullable String userAgent,
      Reply reply) {
    this.loop = loop;
    this.routed = routed;
    this.reply = reply;
    Door door = routed.entrance().door();
    Credential credential = door.reader().read(headers, routed.query());
    var question =
        new VerificationRequest(
            door.product(), credential, routed.scope(), routed.route().charge(), client, userAgent);
    this.verification =
        new Verification(loop.verifier(), loop.elsewhere(), loop.context(), question, this);
  }

  void begin() {
    verification.begin();
  }

  @Override
  public boolean isGone() {
    return reply.isOver();
  }

  @Override
  public void waits() {
    reply.waits();
  }

  @Override
  public void allowed(VerifiableKey key, @Nullable LimitState limit) {
    DoorRoute route = routed.route();
    if (!route.isSigned()) {
      answer(key, limit, null);
      return;
    }
    String upstream = route.upstream().name();
    String identity = loop.identities().ifSigned(key, upstream);
    if (identity != null) {
      answer(key, limit, identity);
    } else if (loop.elsewhere()
        .run(
            loop.context(),
            () -> loop.identities().sign(key, upstream),
            signed -> answer(key, limit, signed),
            this::failed)) {
      reply.waits();
    } else {
      reply.cannotVerify();
    }
  }

  /**
   * Says that the key may, unless it has changed since it was read: a narrowing call that has
   * returned must be seen by every answer sent after it.
   */
  private void answer(VerifiableKey key, @Nullable LimitState limit, @Nullable String identity) {
    if (reply.isOver()) {
      return;
    }
    if (key.isCurrent(loop.slots())) {
      reply.allow(routed, key, limit, identity);
    } else {
      verification.again();
    }
  }

  @Override
  public void denied(DenialReason reason, @Nullable LimitState limit) {
    reply.deny(reason, limit);
  }

  @Override
  public void undecided() {
    reply.cannotVerify();
  }

  @Override
  public void failed(Throwable cause) {
    LOG.atError().addKeyValue("request_id", reply.id()).setCause(cause).log("a request failed");
    reply.fail();
  }
}
