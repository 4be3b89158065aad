/** Who owns the datapacks and projects of the samples: a port, answered by the program. */
@NullMarked
package dev.keyway.demo.ownership;

import org.jspecify.annotations.NullMarked;
