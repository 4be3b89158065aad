/** People's sessions: cookies, CSRF tokens, passwords. */
@NullMarked
package dev.keyway.server.portal;

import org.jspecify.annotations.NullMarked;
