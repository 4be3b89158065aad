@NullMarked
package dev.keyway.app.history;

import org.jspecify.annotations.NullMarked;
