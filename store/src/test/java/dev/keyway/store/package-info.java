@NullMarked
package dev.keyway.store;

import org.jspecify.annotations.NullMarked;
