package dev.keyway.core.product;

import dev.keyway.core.apikey.KeyFormat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The products of one installation, by slug and by the prefix of their keys. */
public final class Products {
  private final Map<String, Product> bySlug = new LinkedHashMap<>();
  private final Map<String, Product> byPrefix = new LinkedHashMap<>();
  private final KeyFormat format;

  /**
   * The products, checked against each other.
   *
   * @param reservedPrefix a prefix that no product may have, equal or nested: the operators'
   * @throws IllegalArgumentException for two products of one slug, or equal or nested prefixes
   */
  public Products(Collection<Product> products, String reservedPrefix) {
    for (Product product : products) {
      if (bySlug.put(product.slug(), product) != null) {
        throw new IllegalArgumentException("two profiles are of product '" + product.slug() + "'");
      }
    }
    var prefixes = new ArrayList<String>();
    products.forEach(product -> prefixes.add(product.key().prefix()));
    this.format = new KeyFormat(prefixes);
    prefixes.add(reservedPrefix);
    KeyFormat.requireDistinct(prefixes);
    products.forEach(product -> byPrefix.put(product.key().prefix(), product));
  }

  public Optional<Product> find(String slug) {
    return Optional.ofNullable(bySlug.get(slug));
  }

  /** The product whose keys begin with {@code prefix}; null for none. */
  public @Nullable Product byPrefix(String prefix) {
    return byPrefix.get(prefix);
  }

  public Collection<Product> all() {
    return bySlug.values();
  }

  /** The form of the keys of all these products. */
  public KeyFormat format() {
    return format;
  }
}
