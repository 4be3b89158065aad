package dev.keyway.client;

import java.net.URI;

/** The addresses of Keyway's control listener. */
final class Urls {
  private Urls() {}

  /** A base without a slash at its end. */
  static URI base(String url) {
    URI base = URI.create(url.replaceAll("/+$", ""));
    boolean http = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
    if (!http || base.getHost() == null || base.getUserInfo() != null || base.getQuery() != null) {
      throw new IllegalArgumentException(
          "the url of Keyway must be like http://127.0.0.1:7700 or https://keyway.example");
    }
    return base;
  }

  static String slug(String product) {
    if (!product.matches("[a-z0-9][a-z0-9_-]*")) {
      throw new IllegalArgumentException("the product must be a profile's name, such as memo");
    }
    return product;
  }
}
