/** The program's own settings: keyway.yaml and the flags that override it. */
@NullMarked
package dev.keyway.app.config;

import org.jspecify.annotations.NullMarked;
