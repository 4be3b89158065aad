package dev.keyway.server.authz;

import dev.keyway.core.change.ChangeSlots;
import dev.keyway.core.verify.Verifier;
import dev.keyway.server.door.Elsewhere;
import dev.keyway.server.door.IdentityTokens;
import io.vertx.core.Context;

/**
 * What all requests on one event loop share. {@code context} is the loop's, the rest the node's.
 */
record Loop(
    Context context,
    Verifier verifier,
    ChangeSlots slots,
    IdentityTokens identities,
    Elsewhere elsewhere) {}
