/**
 * What nobody should send: malformed calls, requests that two readers understand differently, and
 * the ways in which others were broken into.
 */
@NullMarked
package dev.keyway.conformance.garbage;

import org.jspecify.annotations.NullMarked;
