/** The door for proxies that ask about each request and forward it themselves (forward-auth). */
@NullMarked
package dev.keyway.server.authz;

import org.jspecify.annotations.NullMarked;
