/** Whether a node's memory may be believed. */
@NullMarked
package dev.keyway.core.lease;

import org.jspecify.annotations.NullMarked;
