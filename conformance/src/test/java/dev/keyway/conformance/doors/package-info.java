/** One table of situations, through every door: the gateway, forward-auth, and real proxies. */
@NullMarked
package dev.keyway.conformance.doors;

import org.jspecify.annotations.NullMarked;
