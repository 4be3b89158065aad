/** The commands of people who hold a key; they know the server by its HTTP interface alone. */
@NullMarked
package dev.keyway.cli;

import org.jspecify.annotations.NullMarked;
