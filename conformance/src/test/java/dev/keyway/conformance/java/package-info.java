/** Applications in Java that ask Keyway themselves, beside the gateway. */
@NullMarked
package dev.keyway.conformance.java;

import org.jspecify.annotations.NullMarked;
