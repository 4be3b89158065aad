/** Tests of the gateway, over real sockets where a client or an upstream is involved. */
@NullMarked
package dev.keyway.server.gateway;

import org.jspecify.annotations.NullMarked;
