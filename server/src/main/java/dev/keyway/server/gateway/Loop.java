package dev.keyway.server.gateway;

import dev.keyway.core.apikey.KeyFormat;
import dev.keyway.core.verify.OpenExchanges;
import dev.keyway.core.verify.Verifier;
import dev.keyway.server.door.Elsewhere;
import dev.keyway.server.door.IdentityTokens;
import dev.keyway.server.door.RefusalSender;
import dev.keyway.server.door.Refusals;
import dev.keyway.server.mcp.McpSessionIds;
import io.vertx.core.Context;
import io.vertx.core.http.HttpClient;
import java.net.URI;
import java.time.InstantSource;

/**
 * What all requests on one event loop share. {@code context}, {@code client}, {@code upstreams} and
 * {@code deadlines} belong to the loop, so that a request never changes threads but to verify a key
 * that is not in memory; the rest is the node's.
 *
 * @param publicUrl under which clients reach the gateway; what upstreams are told of it
 */
record Loop(
    Context context,
    HttpClient client,
    Deadlines deadlines,
    KeyFormat format,
    Verifier verifier,
    OpenExchanges exchanges,
    RefusalSender refuser,
    Upstreams upstreams,
    McpSessionIds sessions,
    IdentityTokens identities,
    Elsewhere elsewhere,
    URI publicUrl,
    long clientPatienceMillis,
    InstantSource clock) {

  /** What can be refused, and why. */
  Refusals refusals() {
    return refuser.refusals();
  }
}
