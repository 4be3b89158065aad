@NullMarked
package dev.keyway.app.config;

import org.jspecify.annotations.NullMarked;
