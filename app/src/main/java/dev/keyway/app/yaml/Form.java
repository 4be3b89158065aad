package dev.keyway.app.yaml;

import org.jspecify.annotations.Nullable;

/**
 * The form a value must have.
 *
 * @param <T> what a value of this form is read into
 */
@FunctionalInterface
public interface Form<T> {

  /** Reads a node; null after a mistake has been recorded. */
  @Nullable T read(YamlNode node, Mistakes mistakes);
}
