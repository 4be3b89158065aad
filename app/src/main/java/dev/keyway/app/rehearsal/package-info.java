/** A run through the program for the Java machine to learn from. */
@NullMarked
package dev.keyway.app.rehearsal;

import org.jspecify.annotations.NullMarked;
