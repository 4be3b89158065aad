/** What the command line remembers: profiles, in the places that the system has for them. */
@NullMarked
package dev.keyway.cli.config;

import org.jspecify.annotations.NullMarked;
