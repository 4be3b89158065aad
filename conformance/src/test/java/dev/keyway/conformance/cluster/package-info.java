/** Several nodes over one PostgreSQL, under faults: nothing revoked is ever accepted again. */
@NullMarked
package dev.keyway.conformance.cluster;

import org.jspecify.annotations.NullMarked;
