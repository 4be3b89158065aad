/** What the doors have in common: reading a request, finding its route, and refusing it. */
@NullMarked
package dev.keyway.server.door;

import org.jspecify.annotations.NullMarked;
