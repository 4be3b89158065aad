package dev.keyway.server.authz;

import dev.keyway.core.limit.LimitState;
import dev.keyway.core.verify.DenialReason;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.server.door.Routing;
import org.jspecify.annotations.Nullable;

/** The answer to one question of a proxy, given once, in the proxy's own protocol. */
interface Reply {

  /** Under which the client, the upstream and logs know the request. */
  String id();

  /** Whether it would reach nobody, or has been given. */
  boolean isOver();

  /** It will take its time. */
  void waits();

  /**
   * Lets the request pass.
   *
   * @param identity the signed form of whose key it is; null where the route asks for none
   */
  void allow(
      Routing.Routed routed,
      VerifiableKey key,
      @Nullable LimitState limit,
      @Nullable String identity);

  /** Refuses a key. */
  void deny(DenialReason reason, @Nullable LimitState limit);

  /** Refuses because nobody can decide now. */
  void cannotVerify();

  /** Refuses for a fault of Keyway's own. */
  void fail();
}
