@NullMarked
package dev.keyway.store.migration;

import org.jspecify.annotations.NullMarked;
