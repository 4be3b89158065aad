/** How other programs are told of a key, from one data file. */
@NullMarked
package dev.keyway.cli.connect;

import org.jspecify.annotations.NullMarked;
