/** A stand-in for Keyway on a real socket, for the tests of everything that asks it. */
@NullMarked
package dev.keyway.client.stub;

import org.jspecify.annotations.NullMarked;
