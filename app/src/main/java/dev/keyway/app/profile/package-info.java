/** Product profiles: the YAML files of a folder as checked products. */
@NullMarked
package dev.keyway.app.profile;

import org.jspecify.annotations.NullMarked;
