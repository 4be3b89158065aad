@NullMarked
package dev.keyway.app.assembly;

import org.jspecify.annotations.NullMarked;
