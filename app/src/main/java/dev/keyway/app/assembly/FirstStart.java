package dev.keyway.app.assembly;

import dev.keyway.core.PageRequest;
import dev.keyway.core.operator.CreateOperatorKey;
import dev.keyway.core.operator.OperatorKeyStore;
import dev.keyway.core.operator.Right;
import dev.keyway.core.product.ExpiryPolicy;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a server says when it has started: on an empty store it makes the first operator key and
 * shows the way to the first account and key.
 */
final class FirstStart {
  private final Assembly node;
  private final OperatorKeyStore operatorKeys;
  private final OperatorKeyFile file;
  private final Products products;
  private final PrintWriter out;

  FirstStart(
      Assembly node,
      OperatorKeyStore operatorKeys,
      OperatorKeyFile file,
      Products products,
      PrintWriter out) {
    this.node = node;
    this.operatorKeys = operatorKeys;
    this.file = file;
    this.products = products;
    this.out = out;
  }

  void greet() {
    if (operatorKeys.list(new PageRequest(1, null)).data().isEmpty()) {
      makeOperatorKey();
    } else if (file.exists()) {
      out.printf(
          "warning: %s still holds the first operator key; keep it elsewhere and remove the file%n",
          file.path());
    }
    out.flush();
  }

  private void makeOperatorKey() {
    var created =
        node.operations()
            .createOperatorKey(
                new CreateOperatorKey.Command(
                    "first start", EnumSet.allOf(Right.class), Set.of()));
    file.write(created.secret());
    Product product = products.all().iterator().next();
    out.printf(
        """

        An operator key with every right is in %1$s; nothing else knows it.
        Make the first account, then its first key:

          curl -sS %2$s/v1/accounts -H "Authorization: Bearer $(cat '%1$s')" -H 'Content-Type: application/json' \\
            -d '{"product":"%3$s","email":"ana@example.com","name":"Ana"}'
        %4$s
        """,
        file.path().toAbsolutePath(), node.controlUrl(), product.slug(), secondCall(product));
  }

  /** The call that makes a key; its scope says what has to be named. */
  private String secondCall(Product product) {
    String expiry = "";
    if (product.key().expiry()
        instanceof ExpiryPolicy.Choices(var choices)) {
      expiry = ",\"expires_in\":\"" + choices.getFirst().text() + "\"";
    }
    String scope =
        switch (product.key().scope()) {
          case ACCOUNT -> "";
          case WORKSPACE -> ",\"workspace\":\"ws_…\"";
          case RESOURCE -> ",\"resource\":\"res_…\"";
        };
    return """
          curl -sS %s/v1/keys -H "Authorization: Bearer $(cat '%s')" -H 'Content-Type: application/json' \\
            -d '{"product":"%s","account":"acc_…","name":"laptop/curl"%s%s}'
        """
        .formatted(
            node.controlUrl(), file.path().toAbsolutePath(), product.slug(), scope, expiry)
        .stripTrailing();
  }
}
