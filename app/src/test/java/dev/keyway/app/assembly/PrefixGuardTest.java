package dev.keyway.app.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.keyway.app.command.CommandFailedException;
import dev.keyway.app.config.StorePlace;
import dev.keyway.app.profile.Profiles;
import dev.keyway.core.operator.OperatorKey;
import dev.keyway.core.product.KeyPolicy;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import dev.keyway.store.sql.TransactionObserver;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts over a real store whose products changed meanwhile. */
final class PrefixGuardTest {
  private static final Products SHIPPED = Profiles.shipped().products();

  @TempDir Path folder;

  @BeforeEach
  void firstStart() {
    assertThat(start(SHIPPED)).isEmpty();
  }

  @Test
  void start_withAnotherPrefixOverLivingKeys_isRefused() {
    List<String> keys = makeKeys("meko", 2);

    assertThatThrownBy(() -> start(with("meko", "mko_new_")))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage(
            "2 living keys of product 'meko' begin with 'mko_tkn_', and its profile now says"
                + " 'mko_new_': put the old key.prefix back, or with it revoke those keys first"
                + " (docs/guides/on-call.md)");

    assertThat(start(SHIPPED)).as("the old one is back").isEmpty();
    revoke(keys);
    assertThat(start(with("meko", "mko_new_"))).as("the keys are gone").isEmpty();
    var _ = makeKeys("meko", 1);
    assertThatThrownBy(() -> start(SHIPPED)).hasMessageContaining("1 living key of product 'meko'");
  }

  @Test
  void start_withTwoChanges_namesBoth() {
    var _ = makeKeys("meko", 1);
    var _ = makeKeys("mecha", 2);

    assertThatThrownBy(() -> start(changed(product -> renamed(product, "x" + prefix(product)))))
        .hasMessageContaining("2 living keys of product 'mecha' begin with 'mch_'")
        .hasMessageContaining("1 living key of product 'meko' begins with 'mko_tkn_'")
        .hasMessageNotContaining("'memo'");
  }

  @Test
  void start_withoutTheProfileOfLivingKeys_isWarnedOf() {
    List<String> keys = makeKeys("meko", 2);
    Products others = changed(product -> product.slug().equals("meko") ? null : product);

    for (int time = 0; time < 2; time++) {
      assertThat(start(others))
          .containsExactly(
              "no profile is of product 'meko' any more; 2 living keys of it get 401 invalid_key");
    }
    assertThatThrownBy(() -> start(with("meko", "mko_new_"))).hasMessageContaining("'mko_tkn_'");
    revoke(keys);
    assertThat(start(others)).isEmpty();
  }

  /** What {@code serve} does with the prefixes; answers its warnings. */
  private List<String> start(Products products) {
    Instant now = Instant.now();
    try (var lines = new LogLines(PrefixGuard.class);
        var store =
            StoreAssembly.open(
                new StorePlace(folder, null),
                10,
                new SecureRandom(),
                now,
                TransactionObserver.NONE)) {
      PrefixGuard.check(store.prefixes(), products, now);
      return lines.of(Level.WARN);
    }
  }

  private List<String> makeKeys(String product, int count) {
    String expiry = product.equals("mecha") ? ",\"expires_in\":\"7d\"" : "";
    try (var node = new TestNode(folder, Instant::now)) {
      String email = Instant.now().toEpochMilli() + "@example.com";
      String account = node.account(product, email).id().text();
      String body =
          "{\"product\":\"%s\",\"account\":\"%s\",\"name\":\"a\"%s}"
              .formatted(product, account, expiry);
      return Stream.generate(() -> node.call("POST", "/v1/keys", body))
          .limit(count)
          .peek(made -> assertThat(made.status()).as(made.toString()).isEqualTo(201))
          .map(made -> made.text("/key/id"))
          .toList();
    }
  }

  private void revoke(List<String> keys) {
    try (var node = new TestNode(folder, Instant::now)) {
      for (String key : keys) {
        assertThat(node.call("POST", "/v1/keys/" + key + "/revoke", "{}").status()).isEqualTo(200);
      }
    }
  }

  private static Products with(String slug, String prefix) {
    return changed(product -> product.slug().equals(slug) ? renamed(product, prefix) : product);
  }

  private static Products changed(Function<Product, @Nullable Product> change) {
    List<Product> products =
        SHIPPED.all().stream()
            .flatMap(product -> Stream.ofNullable(change.apply(product)))
            .toList();
    return new Products(products, OperatorKey.KEY_PREFIX);
  }

  private static String prefix(Product product) {
    return product.key().prefix();
  }

  private static Product renamed(Product product, String prefix) {
    KeyPolicy key = product.key();
    return new Product(
        product.slug(),
        product.title(),
        product.portal(),
        new KeyPolicy(prefix, key.show(), key.scope(), key.name(), key.maxActive(), key.expiry()),
        product.carriers(),
        product.selfManagement(),
        product.plans(),
        product.limits(),
        product.counting(),
        product.routes(),
        product.upstreams(),
        product.corsOrigins());
  }
}
