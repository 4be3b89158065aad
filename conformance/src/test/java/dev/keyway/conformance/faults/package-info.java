/** What crashes, full disks, broken files and searches for secrets do to the running program. */
@NullMarked
package dev.keyway.conformance.faults;

import org.jspecify.annotations.NullMarked;
