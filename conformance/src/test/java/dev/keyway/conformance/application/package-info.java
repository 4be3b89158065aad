/** Applications that ask Keyway themselves by a client of ours, beside the gateway. */
@NullMarked
package dev.keyway.conformance.application;

import org.jspecify.annotations.NullMarked;
