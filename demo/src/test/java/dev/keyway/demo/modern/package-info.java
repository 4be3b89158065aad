@NullMarked
package dev.keyway.demo.modern;

import org.jspecify.annotations.NullMarked;
