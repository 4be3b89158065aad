/** The log: one line an event on standard error, for people or for machines. */
@NullMarked
package dev.keyway.app.log;

import org.jspecify.annotations.NullMarked;
