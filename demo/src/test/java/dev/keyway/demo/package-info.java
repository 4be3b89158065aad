@NullMarked
package dev.keyway.demo;

import org.jspecify.annotations.NullMarked;
