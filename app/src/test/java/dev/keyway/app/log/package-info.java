@NullMarked
package dev.keyway.app.log;

import org.jspecify.annotations.NullMarked;
