package dev.keyway.core.operator;

import dev.keyway.core.RefusedException.Forbidden;
import dev.keyway.core.RefusedException.Unauthenticated;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.apikey.DigestRenewal;
import dev.keyway.core.apikey.KeyDigester;
import dev.keyway.core.apikey.KeyFormat;
import dev.keyway.core.apikey.PresentedKey;
import dev.keyway.core.change.Entity;
import dev.keyway.core.product.Carrier.Place;
import dev.keyway.core.verify.Credential;
import dev.keyway.core.verify.DenialReason;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.core.verify.VerificationDecision;
import dev.keyway.core.verify.VerificationRequest;
import dev.keyway.core.verify.Verifier;
import java.util.List;

/** Finds out who calls the management API with a key, an operator's or a product's. */
public final class Authenticator {
  private final KeyFormat operatorFormat = new KeyFormat(List.of(OperatorKey.KEY_PREFIX));
  private final OperatorKeyStore operatorKeys;
  private final KeyDigester digester;
  private final Verifier verifier;
  private final DigestRenewal renewal;

  public Authenticator(
      OperatorKeyStore operatorKeys,
      KeyDigester digester,
      Verifier verifier,
      DigestRenewal renewal) {
    this.operatorKeys = operatorKeys;
    this.digester = digester;
    this.verifier = verifier;
    this.renewal = renewal;
  }

  /**
   * The holder of the key.
   *
   * @param key the text that stood in {@code Authorization: Bearer}
   * @param address the caller's network address
   */
  public Principal authenticate(String key, String address) {
    return key.startsWith(OperatorKey.KEY_PREFIX)
        ? operator(key)
        : new Principal.KeyHolder(productKey(key, address).key());
  }

  private Principal operator(String key) {
    PresentedKey presented = operatorFormat.parse(key);
    if (presented == null) {
      throw refused();
    }
    var id = new OperatorKeyId(OperatorKeyId.PREFIX + presented.id().characters());
    var found = operatorKeys.find(id);
    if (found.isEmpty()) {
      digester.compareWithNobody(presented);
      throw refused();
    }
    OperatorKey known = found.get();
    return switch (digester.compare(presented, known.digest())) {
      case SAME -> {
        if (known.revokedAt() != null) {
          throw refused();
        }
        renewal.presented(
            presented, new Entity(Entity.Kind.OPERATOR_KEY, id.text()), known.digest());
        yield new Principal.Operator(known);
      }
      case DIFFERENT -> throw refused();
      case PEPPER_MISSING ->
          throw new UnavailableException("the pepper of an operator key is not held", null);
    };
  }

  private VerifiableKey productKey(String key, String address) {
    var credential = new Credential.Single(Place.BEARER, key, null);
    var request = new VerificationRequest(null, credential, null, null, address);
    return switch (verifier.verify(request)) {
      case VerificationDecision.Allowed allowed -> allowed.key();
      case VerificationDecision.Denied denied -> throw refused(denied);
      case VerificationDecision.Indeterminate _ ->
          throw new UnavailableException("the key cannot be verified now", null);
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
