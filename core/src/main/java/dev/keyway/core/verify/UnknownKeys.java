package dev.keyway.core.verify;

import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.KeyFormat;
import dev.keyway.core.apikey.PresentedKey;
import dev.keyway.core.flood.Lookups;
import dev.keyway.core.verify.VerificationDecision.Allowed;
import dev.keyway.core.verify.VerificationDecision.Cause;
import dev.keyway.core.verify.VerificationDecision.Denied;
import dev.keyway.core.verify.VerificationDecision.Indeterminate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of well-formed keys that memory does not know: within bounds the store is asked, and
 * beyond them nobody can say.
 *
 * <p>An id that verified here within the hour is beyond all bounds, but only while memory does not
 * hold it: where it does, a right secret needs no look-up, and whoever comes here has a wrong one.
 */
final class UnknownKeys {
  private static final VerificationDecision NOT_FOUND =
      new Denied(DenialReason.NOT_FOUND, null, null);
  private static final VerificationDecision TOO_MANY = new Indeterminate(Cause.TOO_MANY_UNKNOWN);

  private final KeyFormat format;
  private final VerifiableKeys keys;
  private final Lookups lookups;

  UnknownKeys(KeyFormat format, VerifiableKeys keys, Lookups lookups) {
    this.format = format;
    this.keys = keys;
    this.lookups = lookups;
  }

  /**
   * Decides without the store; null when it is to be asked, which is then paid for.
   *
   * @param memory decides once more from memory: a verified key may have come there since it was
   *     missed, and its holder is no stranger
   */
  @Nullable VerificationDecision decide(
      VerificationRequest request, Supplier<@Nullable VerificationDecision> memory) {
    Credential.Single credential = credential(request);
    ApiKeyId id = id(credential);
    if (lookups.isVerified(id.characters())) {
      VerificationDecision again = keys.ifCached(id) == null ? null : memory.get();
      if (again == null || !isNotFound(again)) {
        return again;
      }
    }
    return switch (lookups.ask(credential.whole(), request.address().bucket())) {
      case ASK -> null;
      case ABSENT -> NOT_FOUND;
      case TOO_MANY -> TOO_MANY;
    };
  }

  /** Decides by the store, once {@link #decide} has said so. */
  VerificationDecision lookUp(
      VerificationRequest request,
      Supplier<VerificationDecision> memory,
      Supplier<VerificationDecision> store) {
    Credential.Single credential = credential(request);
    ApiKeyId id = id(credential);
    VerificationDecision decision = null;
    if (lookups.isVerified(id.characters())) {
      decision = again(id, memory, store);
    }
    if (decision == null) {
      decision = lookUpForStranger(credential, store);
    }
    if (isHolders(decision)) {
      lookups.verified(id.characters());
    }
    return decision;
  }

  private VerificationDecision lookUpForStranger(
      Credential.Single credential, Supplier<VerificationDecision> store) {
    if (!lookups.begin()) {
      return TOO_MANY;
    }
    try {
      long asked = lookups.now();
      VerificationDecision decision = store.get();
      if (isNotFound(decision)) {
        lookups.absent(credential.whole(), asked);
      }
      return decision;
    } finally {
      lookups.end();
    }
  }

  /** Decides about an id that was verified; null when it is in memory with another secret. */
  private @Nullable VerificationDecision again(
      ApiKeyId id, Supplier<VerificationDecision> memory, Supplier<VerificationDecision> store) {
    if (keys.ifCached(id) == null) {
      lookups.beginVerified();
      return store.get();
    }
    VerificationDecision decision = memory.get();
    return isNotFound(decision) ? null : decision;
  }

  private static boolean isNotFound(VerificationDecision decision) {
    return decision instanceof Denied denied && denied.reason() == DenialReason.NOT_FOUND;
  }

  /** Whether the secret was right, whatever else is wrong. */
  private static boolean isHolders(VerificationDecision decision) {
    return decision instanceof Allowed
        || (decision instanceof Denied denied && denied.key() != null);
  }

  /** Only one credential in the form of a key is ever looked for. */
  private static Credential.Single credential(VerificationRequest request) {
    return (Credential.Single) request.credential();
  }

  private ApiKeyId id(Credential.Single credential) {
    PresentedKey key = format.parse(credential.text());
    if (key == null) {
      throw new IllegalArgumentException("what has not the form of a key is never looked up");
    }
    return key.id();
  }
}
