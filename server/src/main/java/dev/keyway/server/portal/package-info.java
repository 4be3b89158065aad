/** What people's browsers get: the portal's page and files, cookies, CSRF tokens, passwords. */
@NullMarked
package dev.keyway.server.portal;

import org.jspecify.annotations.NullMarked;
