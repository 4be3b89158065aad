package dev.keyway.core.verify;

import dev.keyway.core.ClientAddress;
import dev.keyway.core.limit.RateLimit;
import dev.keyway.core.product.Product;
import org.jspecify.annotations.Nullable;

/**
 * A question to the {@link Verifier}: may this credential do this?
 *
 * @param product where the key is to be used; null for wherever it belongs
 * @param scope the id that the key's scope must have; null when the request names none
 * @param limit what the request counts against once all else has passed; null for nothing
 * @param address the client's network address, for bounds and the count of refusals
 */
public record VerificationRequest(
    @Nullable Product product,
    Credential credential,
    @Nullable String scope,
    @Nullable RateLimit limit,
    ClientAddress address) {}
