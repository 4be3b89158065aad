/** The command line of key holders, as its users and their scripts run it. */
@NullMarked
package dev.keyway.conformance.cli;

import org.jspecify.annotations.NullMarked;
