/** Where a key is kept between two commands. */
@NullMarked
package dev.keyway.cli.credential;

import org.jspecify.annotations.NullMarked;
