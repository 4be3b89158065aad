/**
 * Asks Keyway for its decisions over HTTP: {@link dev.keyway.client.KeywayClient} whether a request
 * may pass, {@link dev.keyway.client.KeywayVerifier} whether a key is good. Needs Java 17 and sees
 * no other module of ours.
 */
@NullMarked
package dev.keyway.client;

import org.jspecify.annotations.NullMarked;
