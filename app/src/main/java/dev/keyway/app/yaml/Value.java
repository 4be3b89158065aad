package dev.keyway.app.yaml;

import org.jspecify.annotations.Nullable;

/**
 * What was read from a field: a value, or nothing because the field was absent or mistaken.
 *
 * @param <T> the type of the value
 */
public final class Value<T> {
  private final @Nullable T read;

  Value(@Nullable T read) {
    this.read = read;
  }

  /**
   * The value of a required field. Called only once it is known that there was no mistake, so an
   * absence is a bug here and not in the file.
   */
  public T get() {
    if (read == null) {
      throw new IllegalStateException("a field that was not read");
    }
    return read;
  }

  public T or(T fallback) {
    return read == null ? fallback : read;
  }

  public @Nullable T orNull() {
    return read;
  }
}
