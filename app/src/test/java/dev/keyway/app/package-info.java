@NullMarked
package dev.keyway.app;

import org.jspecify.annotations.NullMarked;
