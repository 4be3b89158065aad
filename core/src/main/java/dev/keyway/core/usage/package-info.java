/** What is remembered about the use of keys. */
@NullMarked
package dev.keyway.core.usage;

import org.jspecify.annotations.NullMarked;
