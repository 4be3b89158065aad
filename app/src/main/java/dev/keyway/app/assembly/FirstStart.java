package dev.keyway.app.assembly;

import dev.keyway.core.PageRequest;
import dev.keyway.core.operator.CreateOperatorKey;
import dev.keyway.core.operator.OperatorKeyStore;
import dev.keyway.core.operator.Right;
import dev.keyway.core.product.ExpiryPolicy;
import dev.keyway.core.product.NamePolicy;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import dev.keyway.core.product.Upstream;
import dev.keyway.core.tenancy.AccountStore;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a server does and says once: on an empty store it makes the first operator key, and shows
 * the way to the first account and key.
 */
final class FirstStart {
  private final Assembly node;
  private final OperatorKeyFile file;
  private final boolean isFirst;

  private FirstStart(Assembly node, OperatorKeyFile file, boolean isFirst) {
    this.node = node;
    this.file = file;
    this.isFirst = isFirst;
  }

  /**
   * Makes the first operator key if the store has none. The file is on the disk before the key is
   * in the store: after a crash in between, the next start finds no key there and replaces the
   * file.
   */
  static FirstStart of(
      Assembly node, OperatorKeyStore operatorKeys, AccountStore accounts, OperatorKeyFile file) {
    var one = new PageRequest(1, null);
    boolean hasNoKey = operatorKeys.list(one).data().isEmpty();
    if (hasNoKey) {
      var command =
          new CreateOperatorKey.Command("first start", EnumSet.allOf(Right.class), Set.of());
      var _ = node.operations().createOperatorKey(command, file::write);
    }
    // A start that could not listen has shown nobody the way.
    boolean isUntrodden = file.exists() && accounts.list(Set.of(), null, one).data().isEmpty();
    return new FirstStart(node, file, hasNoKey || isUntrodden);
  }

  /** Says where the node listens and what to do next. */
  void greet(Products products, PrintWriter out) {
    out.printf("portal   %1$s%ncontrol  %1$s (management API)%n", node.controlUrl());
    out.printf("gateway  %s%n", node.gatewayUrl());
    products.all().forEach(product -> warnOfMissingAddresses(product, out));
    if (isFirst) {
      showTheWay(products.all().iterator().next(), out);
    } else if (file.exists()) {
      out.printf(
          "warning: %s still holds an operator key; move it to where you keep secrets%n",
          file.path());
    }
    out.flush();
  }

  private static void warnOfMissingAddresses(Product product, PrintWriter out) {
    for (Upstream upstream : product.upstreams().values()) {
      if (upstream.url() == null) {
        out.printf(
            "warning: %s.%s has no address; set upstreams.%s.%s in keyway.yaml and start again%n",
            product.slug(), upstream.name(), product.slug(), upstream.name());
      }
    }
  }

  private void showTheWay(Product product, PrintWriter out) {
    out.printf(
        "%nAn operator key with every right is in %s; nothing else holds it.%n", file.path());
    out.printf("Make the first account, then its first key:%n%n");
    String account =
        "{\"product\":\"%s\",\"email\":\"ana@example.com\",\"name\":\"Ana\"}"
            .formatted(product.slug());
    out.println(call("/v1/accounts", account));
    out.println(call("/v1/keys", key(product)));
    out.printf("%nThe second call needs the id that the first one answers. Ctrl-C stops.%n");
  }

  private String call(String path, String json) {
    return """
      curl -sS %s%s -H "Authorization: Bearer $(cat '%s')" -H 'Content-Type: application/json' \\
        -d '%s'
    """
        .formatted(node.controlUrl(), path, file.path(), json)
        .stripTrailing();
  }

  /** The body that makes a key; the product's policy says what has to be named. */
  private static String key(Product product) {
    var json = new StringBuilder("{\"product\":\"" + product.slug() + "\"");
    json.append(",\"account\":\"acc_…\"");
    switch (product.key().scope()) {
      case ACCOUNT -> {
        // The account is the scope.
      }
      case WORKSPACE -> json.append(",\"workspace\":\"ws_…\"");
      case RESOURCE -> json.append(",\"resource\":\"res_…\"");
    }
    if (product.key().name().use() != NamePolicy.Use.NONE) {
      json.append(",\"name\":\"laptop/curl\"");
    }
    if (product.key().expiry() instanceof ExpiryPolicy.Choices(var choices)) {
      json.append(",\"expires_in\":\"").append(choices.getFirst().text()).append('"');
    }
    return json.append('}').toString();
  }
}
