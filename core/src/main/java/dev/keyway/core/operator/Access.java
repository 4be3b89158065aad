package dev.keyway.core.operator;

import dev.keyway.core.Nearest;
import dev.keyway.core.RefusedException.Forbidden;
import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.operator.Principal.Operator;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules that every use case begins with: is the caller an operator, with this right, for this
 * product? What is not allowed here is refused.
 */
public final class Access {
  private final Products products;

  public Access(Products products) {
    this.products = products;
  }

  /** The product of a slug; an unknown one is the caller's mistake. */
  public Product product(String slug) {
    return products
        .find(slug)
        .orElseThrow(() -> Invalid.request("There is no product '" + slug + "'" + likely(slug)));
  }

  private String likely(String slug) {
    var known = products.all().stream().map(Product::slug).toList();
    return Nearest.to(slug, known).map(near -> "; did you mean '" + near + "'?").orElse(".");
  }

  /** The caller as an operator with a right over a product; refused otherwise. */
  public static Operator operator(Caller caller, Right right, String product) {
    Operator operator = operator(caller, right);
    if (!covers(operator, product)) {
      throw Forbidden.call("This operator key is not for the product '" + product + "'.");
    }
    return operator;
  }

  /** The caller as an operator with a right; refused otherwise. */
  public static Operator operator(Caller caller, Right right) {
    if (!(caller.principal() instanceof Operator operator)) {
      throw Forbidden.call("This call needs an operator key.");
    }
    requireRight(operator, right);
    return operator;
  }

  /** Refuses an operator key that lacks a right; {@code manage} includes {@code read}. */
  public static void requireRight(Operator operator, Right right) {
    var rights = operator.key().rights();
    boolean isIncluded = right == Right.READ && rights.contains(Right.MANAGE);
    if (!rights.contains(right) && !isIncluded) {
      throw Forbidden.call("This operator key lacks the right '" + right.text() + "'.");
    }
  }

  /**
   * The products an operator may look at in a list.
   *
   * @param wanted the one asked for; null for all
   * @return an empty set means every product
   */
  public Set<String> readable(Caller caller, @Nullable String wanted) {
    Operator operator = operator(caller, Right.READ);
    if (wanted == null) {
      return operator.key().products();
    }
    product(wanted);
    operator(caller, Right.READ, wanted);
    return Set.of(wanted);
  }

  /** Whether an operator key is for a product. */
  public static boolean covers(Operator operator, String product) {
    var limitedTo = operator.key().products();
    return limitedTo.isEmpty() || limitedTo.contains(product);
  }
}
