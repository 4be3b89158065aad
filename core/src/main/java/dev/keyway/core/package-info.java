@NullMarked
package dev.keyway.core;

import org.jspecify.annotations.NullMarked;
