/**
 * What the suites stand on: the program as a child process, its management API, its gateway, and
 * upstreams of our own.
 */
@NullMarked
package dev.keyway.conformance.harness;

import org.jspecify.annotations.NullMarked;
