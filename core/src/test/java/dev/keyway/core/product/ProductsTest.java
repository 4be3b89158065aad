package dev.keyway.core.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.contract.SampleProducts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductsTest {
  @Test
  void products_areFoundBySlugAndPrefix() {
    Products products = SampleProducts.products();

    assertThat(products.find("memo")).contains(SampleProducts.MEMO);
    assertThat(products.find("MEMO")).isEmpty();
    assertThat(products.byPrefix("mko_tkn_")).isEqualTo(SampleProducts.MEKO);
    assertThat(products.byPrefix("mko_")).isNull();
    assertThat(products.all()).containsExactly(SampleProducts.MEMO, SampleProducts.MEKO);
    assertThat(products.format().prefixes()).containsExactly("mk_live_", "mko_tkn_");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mk_live_", "mk_", "mk_live_x", "kwo_", "kwo_x", "kw"})
  void construct_prefixEqualToOrNestedInAnother_isRefused(String prefix) {
    Product another = SampleProducts.product("another", prefix, Map.of());

    assertThatThrownBy(() -> new Products(List.of(SampleProducts.MEMO, another), "kwo_"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void construct_slugTwice_isRefused() {
    Product another = SampleProducts.product("memo", "other_", Map.of());

    assertThatThrownBy(() -> new Products(List.of(SampleProducts.MEMO, another), "kwo_"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("memo");
  }

  @Test
  void hasApiAccess_isWhatThePlanSays_andAlwaysWithoutPlans() {
    assertThat(SampleProducts.MEMO.hasApiAccess("pro")).isTrue();
    assertThat(SampleProducts.MEMO.hasApiAccess("free")).isFalse();
    assertThat(SampleProducts.MEMO.hasApiAccess("gone")).isFalse();
    assertThat(SampleProducts.MEMO.hasApiAccess(null)).isFalse();
    assertThat(SampleProducts.MEKO.hasApiAccess(null)).isTrue();
  }
}
