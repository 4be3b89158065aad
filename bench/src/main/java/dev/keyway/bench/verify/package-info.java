/** The benchmark {@code verify}: decisions at the doors that answer by themselves, beside peers. */
@NullMarked
package dev.keyway.bench.verify;

import org.jspecify.annotations.NullMarked;
