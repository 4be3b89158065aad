@NullMarked
package dev.keyway.app.yaml;

import org.jspecify.annotations.NullMarked;
