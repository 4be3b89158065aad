/** The tables of the outside contract, row by row. */
@NullMarked
package dev.keyway.conformance.contract;

import org.jspecify.annotations.NullMarked;
