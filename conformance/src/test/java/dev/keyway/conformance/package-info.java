/** Black-box suites, one class per product, against any running Keyway. */
@NullMarked
package dev.keyway.conformance;

import org.jspecify.annotations.NullMarked;
