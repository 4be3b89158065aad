/** The doors that answer proxies: each says whether a request may pass, and forwards nothing. */
@NullMarked
package dev.keyway.server.authz;

import org.jspecify.annotations.NullMarked;
