package dev.keyway.server.api;

import dev.keyway.core.apikey.ApiKeyStore;
import dev.keyway.core.apikey.KeyDigester;
import dev.keyway.core.audit.AuditLog;
import dev.keyway.core.change.Narrowing;
import dev.keyway.core.flood.Lookups;
import dev.keyway.core.idempotency.IdempotencyStore;
import dev.keyway.core.limit.RateLimiter;
import dev.keyway.core.operator.Authenticator;
import dev.keyway.core.operator.OperatorKeyStore;
import dev.keyway.core.product.Products;
import dev.keyway.core.session.InvitationStore;
import dev.keyway.core.session.PasswordHasher;
import dev.keyway.core.session.PasswordStore;
import dev.keyway.core.session.SessionStore;
import dev.keyway.core.session.SignInThrottle;
import dev.keyway.core.tenancy.AccountStore;
import dev.keyway.core.tenancy.ResourceStore;
import dev.keyway.core.tenancy.WorkspaceStore;
import dev.keyway.core.usage.UsageReader;
import dev.keyway.core.verify.Verifier;
import dev.keyway.server.http.ControlMetrics;
import dev.keyway.server.http.Health;
import dev.keyway.server.portal.Assets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Supplier;

/** All that the management API is made of. */
public record ControlParts(Stores stores, Rules rules, Outside outside) {

  /** Where things are kept. */
  public record Stores(
      AccountStore accounts,
      WorkspaceStore workspaces,
      ResourceStore resources,
      ApiKeyStore keys,
      OperatorKeyStore operatorKeys,
      SessionStore sessions,
      PasswordStore passwords,
      InvitationStore invitations,
      AuditLog audit,
      IdempotencyStore idempotency) {}

  /**
   * By what is decided.
   *
   * @param sessionLookups bounds the look-ups of unknown cookies, apart from those of keys
   */
  public record Rules(
      Products products,
      Authenticator authenticator,
      Lookups sessionLookups,
      Verifier verifier,
      Narrowing narrowing,
      RateLimiter limiter,
      UsageReader usage,
      KeyDigester digester,
      PasswordHasher passwords,
      SignInThrottle throttle,
      SecureRandom random,
      InstantSource clock) {}

  /**
   * What the API knows of the world around it.
   *
   * @param controlUrl the control listener's public URL, without a slash at its end
   * @param gatewayUrl the gateway's, likewise
   * @param jwks the living nodes' public signing keys, as a JWK set
   * @param portal the files of the portal; none where it was not built
   */
  public record Outside(
      Supplier<String> controlUrl,
      Supplier<String> gatewayUrl,
      Supplier<String> jwks,
      Health health,
      ControlMetrics metrics,
      Assets portal) {}
}
