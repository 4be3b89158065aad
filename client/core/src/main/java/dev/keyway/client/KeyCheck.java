package dev.keyway.client;

import org.jspecify.annotations.Nullable;

/** A key to be verified, and for what. {@code toString} does not show the key. */
public final class KeyCheck {
  private final String key;
  private final @Nullable String product;
  private final @Nullable String resource;
  private final boolean counted;

  private KeyCheck(
      String key, @Nullable String product, @Nullable String resource, boolean counted) {
    this.key = key;
    this.product = product;
    this.resource = resource;
    this.counted = counted;
  }

  /** The key as it was presented, wherever it belongs; counts 1 on its {@code data} limit. */
  public static KeyCheck of(String key) {
    return new KeyCheck(key, null, null, true);
  }

  /** The same, where only keys of this product are good. */
  public KeyCheck inProduct(String name) {
    return new KeyCheck(key, name, resource, counted);
  }

  /** The same, to open this resource. */
  public KeyCheck forResource(String id) {
    return new KeyCheck(key, product, id, counted);
  }

  /** The same, without counting it against the key's limit. */
  public KeyCheck uncounted() {
    return new KeyCheck(key, product, resource, false);
  }

  String key() {
    return key;
  }

  @Nullable String product() {
    return product;
  }

  @Nullable String resource() {
    return resource;
  }

  boolean isCounted() {
    return counted;
  }

  @Override
  public String toString() {
    return "KeyCheck[" + product + ", " + resource + "]";
  }
}
