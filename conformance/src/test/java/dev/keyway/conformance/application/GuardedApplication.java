package dev.keyway.conformance.application;

import dev.keyway.conformance.harness.Door;
import java.io.Closeable;

/**
 * An application with nothing but the two lines that guard it; it answers {@code {"key": …,
 * "authorization": …}}: who calls, and what of the key is to be seen.
 */
interface GuardedApplication extends Closeable {
  Door door();
}
