package dev.keyway.server.door;

import dev.keyway.core.limit.LimitState;
import dev.keyway.core.verify.DenialReason;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.core.verify.VerificationDecision;
import dev.keyway.core.verify.VerificationDecision.Allowed;
import dev.keyway.core.verify.VerificationDecision.Denied;
import dev.keyway.core.verify.VerificationDecision.Indeterminate;
import dev.keyway.core.verify.VerificationRequest;
import dev.keyway.core.verify.Verifier;
import io.vertx.core.Context;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The decision about one request, as every door comes to it: from memory, or else from the store on
 * another thread, and anew when the key has changed before the door could act on it. It lives on
 * one event loop, and counts the request once.
 */
public final class Verification {
  /** A key that changes this often within one request is not worth following. */
  private static final int MAX_ATTEMPTS = 5;

  private final Verifier verifier;
  private final Elsewhere elsewhere;
  private final Context context;
  private final Asker asker;
  private VerificationRequest question;
  private @Nullable LimitState counted;
  private int attempts;

  /**
   * A verification that is not begun.
   *
   * @param asker told the outcome, on {@code context}
   */
  public Verification(
      Verifier verifier,
      Elsewhere elsewhere,
      Context context,
      VerificationRequest question,
      Asker asker) {
    this.verifier = verifier;
    this.elsewhere = elsewhere;
    this.context = context;
    this.question = question;
    this.asker = asker;
  }

  /** Decides. */
  public void begin() {
    Optional<VerificationDecision> decision = verifier.verifyIfCached(question);
    if (decision.isPresent()) {
      decided(decision.get());
      return;
    }
    VerificationRequest asked = question;
    if (elsewhere.run(context, () -> verifier.verifyInStore(asked), this::decided, asker::failed)) {
      asker.waits();
    } else {
      asker.undecided();
    }
  }

  /** Decides anew, because the key it allowed has changed since it was read. */
  public void again() {
    if (++attempts < MAX_ATTEMPTS) {
      // It has been counted.
      question = question.withoutCharge();
      begin();
    } else {
      asker.undecided();
    }
  }

  private void decided(VerificationDecision decision) {
    if (asker.isGone()) {
      return;
    }
    switch (decision) {
      case Allowed allowed -> {
        if (counted == null) {
          counted = allowed.limit();
        }
        asker.allowed(allowed.key(), counted);
      }
      case Denied denied -> asker.denied(denied.reason(), denied.limit());
      case Indeterminate _ -> asker.undecided();
    }
  }

  /** Who acts on the decision. */
  public interface Asker {

    /** Whether an answer would reach nobody. */
    boolean isGone();

    /** The decision takes its time. */
    default void waits() {}

    /**
     * The key may, as it was when it was read.
     *
     * @param limit what the request was counted against; null for nothing
     */
    void allowed(VerifiableKey key, @Nullable LimitState limit);

    /**
     * The key may not.
     *
     * @param limit the one that was reached; null for every other reason
     */
    void denied(DenialReason reason, @Nullable LimitState limit);

    /** Nobody can say now. */
    void undecided();

    /** A fault of Keyway's own. */
    void failed(Throwable cause);
  }
}
