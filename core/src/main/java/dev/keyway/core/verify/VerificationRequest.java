package dev.keyway.core.verify;

import dev.keyway.core.ClientAddress;
import dev.keyway.core.limit.Charge;
import dev.keyway.core.product.Carrier.Place;
import dev.keyway.core.product.Product;
import org.jspecify.annotations.Nullable;

/**
 * A question to the {@link Verifier}: may this credential do this?
 *
 * @param product where the key is to be used; null for wherever it belongs
 * @param scope the id that the key's scope must have; null when the request names none
 * @param charge what the request counts once all else has passed; null for nothing
 * @param address the client's network address, for bounds and the count of refusals
 * @param userAgent what the client calls itself, as it came; null for nothing. It may hold
 *     anything, a secret too
 */
public record VerificationRequest(
    @Nullable Product product,
    Credential credential,
    @Nullable String scope,
    @Nullable Charge charge,
    ClientAddress address,
    @Nullable String userAgent) {

  /** A question about a client that says nothing of itself. */
  public VerificationRequest(
      @Nullable Product product,
      Credential credential,
      @Nullable String scope,
      @Nullable Charge charge,
      ClientAddress address) {
    this(product, credential, scope, charge, address, null);
  }

  /** Whether the client holds the key itself, and is no server that asks about somebody's key. */
  public boolean isByHolder() {
    return !(credential instanceof Credential.Single single) || single.place() != Place.DIRECT;
  }

  /** The same question with nothing to count. */
  public VerificationRequest withoutCharge() {
    return new VerificationRequest(product, credential, scope, null, address, userAgent);
  }

  @Override
  public String toString() {
    return "VerificationRequest[" + credential + ", redacted]";
  }
}
