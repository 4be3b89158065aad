/** What a key is, what a policy allows, how a decision is reached. Needs the JDK only. */
@NullMarked
package dev.keyway.core;

import org.jspecify.annotations.NullMarked;
