@NullMarked
package dev.keyway.app.command;

import org.jspecify.annotations.NullMarked;
