/** Three nodes and a database in virtual time, under seeded faults. */
@NullMarked
package dev.keyway.core.lease.simulation;

import org.jspecify.annotations.NullMarked;
