package dev.keyway.core.product;

import dev.keyway.core.RefusedException.Forbidden;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Principal;
import dev.keyway.core.operator.Right;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Lists products by their titles: those it may act for to an operator, to a person their own. */
public final class ListProducts {
  private static final Comparator<Product> BY_TITLE =
      Comparator.comparing((Product product) -> product.title().toLowerCase(Locale.ROOT))
          .thenComparing(Product::slug);

  private final Products products;

  public ListProducts(Products products) {
    this.products = products;
  }

  /** The products of the installation, for whoever is about to sign in. */
  public List<Product> all() {
    return products.all().stream().sorted(BY_TITLE).toList();
  }

  public List<Product> execute(Caller caller) {
    return switch (caller.principal()) {
      case Principal.Operator operator -> {
        Access.requireRight(operator, Right.READ);
        yield all().stream().filter(product -> Access.covers(operator, product.slug())).toList();
      }
      case Principal.Person person -> products.find(person.account().product()).stream().toList();
      case Principal.KeyHolder _ ->
          throw Forbidden.call("A key cannot list products; sign in instead.");
    };
  }
}
