/** What crowds of strangers, slow clients and idle ones can do to everyone else. */
@NullMarked
package dev.keyway.conformance.flood;

import org.jspecify.annotations.NullMarked;
