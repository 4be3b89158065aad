@NullMarked
package dev.keyway.server;

import org.jspecify.annotations.NullMarked;
