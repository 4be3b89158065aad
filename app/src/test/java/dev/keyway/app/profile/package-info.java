@NullMarked
package dev.keyway.app.profile;

import org.jspecify.annotations.NullMarked;
