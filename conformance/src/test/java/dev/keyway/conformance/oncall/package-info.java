/** What the person on call relies on: health, metrics, logs, stopping, certificates. */
@NullMarked
package dev.keyway.conformance.oncall;

import org.jspecify.annotations.NullMarked;
