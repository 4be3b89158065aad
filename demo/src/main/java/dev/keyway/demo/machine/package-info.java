/** Mecha's upstream: machines of an account, over REST. */
@NullMarked
package dev.keyway.demo.machine;

import org.jspecify.annotations.NullMarked;
