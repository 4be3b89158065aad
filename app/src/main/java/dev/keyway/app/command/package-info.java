/** The commands of the program: serve, demo and init. */
@NullMarked
package dev.keyway.app.command;

import org.jspecify.annotations.NullMarked;
