/** Strict YAML with positions: every mistake names its file, its line and what was expected. */
@NullMarked
package dev.keyway.app.yaml;

import org.jspecify.annotations.NullMarked;
