package dev.keyway.server.door;

import dev.keyway.core.apikey.KeyFormat;
import dev.keyway.core.product.Product;

/** What a door needs to know of one product. */
public final class Door {
  private final Product product;
  private final CredentialReader reader;
  private final RouteTable routes;
  private final Cors cors;
  private final AnswerCounters answers;

  Door(Product product, KeyFormat format, AnswerCounters answers) {
    this.product = product;
    this.reader = new CredentialReader(product, format);
    this.routes =
        new RouteTable(
            product.routes().stream().map(route -> new DoorRoute(product, route)).toList());
    this.cors = new Cors(product.corsOrigins());
    this.answers = answers;
  }

  /** The product behind it. */
  public Product product() {
    return product;
  }

  /** Finds the credential of a request. */
  public CredentialReader reader() {
    return reader;
  }

  RouteTable routes() {
    return routes;
  }

  /** The product's rules for browsers. */
  public Cors cors() {
    return cors;
  }

  /** Where this door's answers for the product are counted. */
  public AnswerCounters answers() {
    return answers;
  }
}
