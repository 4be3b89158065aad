/** API keys: their form, their life and the use cases that change it. */
@NullMarked
package dev.keyway.core.apikey;

import org.jspecify.annotations.NullMarked;
