/** What makes a node one of several: the lease protocol's clock, threads and calls. */
@NullMarked
package dev.keyway.app.cluster;

import org.jspecify.annotations.NullMarked;
