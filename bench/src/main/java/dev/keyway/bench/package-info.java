@NullMarked
package dev.keyway.bench;

import org.jspecify.annotations.NullMarked;
