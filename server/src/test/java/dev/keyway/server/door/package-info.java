/** Tests of what the doors have in common. */
@NullMarked
package dev.keyway.server.door;

import org.jspecify.annotations.NullMarked;
