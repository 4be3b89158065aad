package dev.keyway.core.operator;

import dev.keyway.core.ClientAddress;
import dev.keyway.core.RefusedException.Forbidden;
import dev.keyway.core.RefusedException.Unauthenticated;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.apikey.DigestRenewal;
import dev.keyway.core.apikey.KeyDigester;
import dev.keyway.core.apikey.KeyFormat;
import dev.keyway.core.apikey.PresentedKey;
import dev.keyway.core.change.Entity;
import dev.keyway.core.flood.FloodedException;
import dev.keyway.core.flood.Lookups;
import dev.keyway.core.product.Carrier.Place;
import dev.keyway.core.verify.Credential;
import dev.keyway.core.verify.DenialReason;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.core.verify.VerificationDecision;
import dev.keyway.core.verify.VerificationDecision.Cause;
import dev.keyway.core.verify.VerificationRequest;
import dev.keyway.core.verify.Verifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who calls the management API with a key, an operator's or a product's.
 *
 * <p>Unknown keys of operators are bounded apart from those of products: a flood of the latter must
 * not keep the people out who are to end it.
 */
public final class Authenticator {
  private final KeyFormat operatorFormat = new KeyFormat(List.of(OperatorKey.KEY_PREFIX));
  private final OperatorKeyStore operatorKeys;
  private final KeyDigester digester;
  private final Lookups lookups;
  private final Verifier verifier;
  private final DigestRenewal renewal;

  /**
   * An authenticator.
   *
   * @param lookups bounds the look-ups of operators' keys, by their whole text: each call looks its
   *     key up, so an id alone must not be beyond bounds
   */
  public Authenticator(
      OperatorKeyStore operatorKeys,
      KeyDigester digester,
      Lookups lookups,
      Verifier verifier,
      DigestRenewal renewal) {
    this.operatorKeys = operatorKeys;
    this.digester = digester;
    this.lookups = lookups;
    this.verifier = verifier;
    this.renewal = renewal;
  }

  /**
   * The holder of the key.
   *
   * @param key the text that stood in {@code Authorization: Bearer}
   * @param address the caller's network address
   * @param userAgent what the caller's client calls itself; null for nothing
   * @throws UnavailableException when nobody can say now whose key it is
   * @throws FloodedException when too many unknown keys come for this one to be looked up
   */
  public Principal authenticate(String key, ClientAddress address, @Nullable String userAgent) {
    return key.startsWith(OperatorKey.KEY_PREFIX)
        ? operator(key, address)
        : new Principal.KeyHolder(productKey(key, address, userAgent));
  }

  private Principal operator(String key, ClientAddress address) {
    PresentedKey presented = operatorFormat.parse(key);
    if (presented == null) {
      throw refused();
    }
    OperatorKey known =
        lookups.isVerified(key)
            ? findForHolder(key, presented)
            : findForStranger(key, presented, address);
    if (known == null) {
      throw refused();
    }
    lookups.verified(key);
    renewal.presented(
        presented, new Entity(Entity.Kind.OPERATOR_KEY, known.id().text()), known.digest());
    return new Principal.Operator(known);
  }

  private @Nullable OperatorKey findForHolder(String key, PresentedKey presented) {
    OperatorKey known = find(presented);
    if (known == null) {
      // Revoked since, and for good: from here on a stranger's.
      lookups.noLongerVerified(key);
    }
    return known;
  }

  private @Nullable OperatorKey findForStranger(
      String key, PresentedKey presented, ClientAddress address) {
    switch (lookups.ask(key, address.bucket())) {
      case ASK -> {}
      case ABSENT -> {
        digester.compareWithNobody(presented);
        return null;
      }
      case TOO_MANY -> throw new FloodedException();
    }
    if (!lookups.begin()) {
      throw new FloodedException();
    }
    try {
      long asked = lookups.now();
      OperatorKey known = find(presented);
      if (known == null) {
        lookups.absent(key, asked);
      }
      return known;
    } finally {
      lookups.end();
    }
  }

  /** The key with this id and this secret; null when there is none, or none any more. */
  private @Nullable OperatorKey find(PresentedKey presented) {
    var id = new OperatorKeyId(OperatorKeyId.PREFIX + presented.id().characters());
    OperatorKey known = operatorKeys.find(id).orElse(null);
    if (known == null) {
      digester.compareWithNobody(presented);
      return null;
    }
    return switch (digester.compare(presented, known.digest())) {
      case SAME -> known.revokedAt() == null ? known : null;
      case DIFFERENT -> null;
      case PEPPER_MISSING -> {
        // A revoked key is refused whether the secret is right or not.
        if (known.revokedAt() == null) {
          throw new UnavailableException("the pepper of an operator key is not held", null);
        }
        yield null;
      }
    };
  }

  private VerifiableKey productKey(String key, ClientAddress address, @Nullable String userAgent) {
    var credential = new Credential.Single(Place.BEARER, key, null);
    var request = new VerificationRequest(null, credential, null, null, address, userAgent);
    return switch (verifier.verify(request)) {
      case VerificationDecision.Allowed allowed -> allowed.key();
      case VerificationDecision.Denied denied -> throw refused(denied);
      case VerificationDecision.Indeterminate(var cause) ->
          throw cause == Cause.TOO_MANY_UNKNOWN
              ? new FloodedException()
              : new UnavailableException("the key cannot be verified now", null);
    };
  }

  private static RuntimeException refused(VerificationDecision.Denied denied) {
    VerifiableKey key = denied.key();
    return denied.reason() == DenialReason.PLAN_REQUIRED && key != null
        ? Forbidden.plan(String.valueOf(key.plan()))
        : refused();
  }

  private static Unauthenticated refused() {
    return new Unauthenticated("The key is not valid here.");
  }
}
