package dev.keyway.server.authz;

import dev.keyway.core.limit.LimitState;
import dev.keyway.core.verify.DenialReason;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.server.door.Call;
import dev.keyway.server.door.Doors.Entrance;
import dev.keyway.server.door.RefusalSender;
import dev.keyway.server.door.Routing;
import org.jspecify.annotations.Nullable;

/** The answer to one forward-auth request. */
final class ForwardAuthReply implements Reply {
  private final RefusalSender refuser;
  private final Call call;

  ForwardAuthReply(RefusalSender refuser, Call call) {
    this.refuser = refuser;
    this.call = call;
  }

  @Override
  public String id() {
    return call.id();
  }

  @Override
  public boolean isOver() {
    return call.request().response().closed();
  }

  /** A proxy that has waited for long enough hangs up. */
  @Override
  public void waits() {}

  @Override
  public void allow(
      Routing.Routed routed,
      VerifiableKey key,
      @Nullable LimitState limit,
      @Nullable String identity) {
    Verdicts.sendAllowed(call, key, limit, identity, targetWithoutKey(routed));
  }

  @Override
  public void deny(DenialReason reason, @Nullable LimitState limit) {
    refuser.sendDenial(call, reason, limit);
  }

  @Override
  public void cannotVerify() {
    refuser.sendRetryable(call, refuser.refusals().cannotVerify);
  }

  @Override
  public void fail() {
    if (!call.request().response().headWritten()) {
      refuser.send(call, refuser.refusals().internal);
    }
  }

  /** What is left of a target that held the key: no upstream may see that; null for any other. */
  private static @Nullable String targetWithoutKey(Routing.Routed routed) {
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
}
