package dev.keyway.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.apikey.KeyFormat;
import dev.keyway.core.product.Product;
import dev.keyway.core.verify.Credential;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CredentialReaderTest {
  private static final URI ANYWHERE = URI.create("http://127.0.0.1:1");
  private static final KeyFormat FORMAT =
      new KeyFormat(List.of(TestProducts.MEMO, TestProducts.LAKE, TestProducts.MECHA));
  private static final String KEY = key(TestProducts.MEMO);
  private static final String LAKE_KEY = key(TestProducts.LAKE);
  private static final Product MEMO = TestProducts.memo(ANYWHERE, ANYWHERE);
  private static final Product LAKE = TestProducts.lake(ANYWHERE);

  static Stream<Arguments> requests() {
    String basic = "Authorization: Basic " + base64("key_x:" + KEY);
    return Stream.of(
        row(MEMO, null, "Missing[]"),
        row(MEMO, null, "Missing[]", "Authorization:  "),
        row(MEMO, "page=2", "Missing[]"),
        row(MEMO, null, "Single[BEARER, redacted]", "Authorization: Bearer " + KEY),
        row(MEMO, null, "Single[BEARER, redacted]", "authorization: bEARER " + KEY),
        row(MEMO, null, "Single[BEARER, redacted]", "Authorization: Bearer"),
        row(MEMO, null, "Single[BASIC, redacted]", basic),
        row(MEMO, null, "Single[BASIC, redacted]", "Authorization: Basic %%%"),
        row(MEMO, null, "Single[X_API_KEY, redacted]", "X-API-Key: " + KEY),
        row(MEMO, null, "Single[OTHER_SCHEME, redacted]", "Authorization: Digest x"),
        row(MEMO, null, "Single[OTHER_SCHEME, redacted]", "Authorization: Bearer\t" + KEY),
        row(MEMO, null, "Single[OTHER_SCHEME, redacted]", "Authorization: " + KEY),
        row(MEMO, null, "Several[]", "Authorization: Bearer a", "Authorization: Bearer a"),
        row(MEMO, null, "Several[]", "Authorization: Bearer a", "Authorization:"),
        row(MEMO, null, "Several[]", "Authorization: Bearer a, Bearer b"),
        row(MEMO, null, "Several[]", "Authorization: Digest a=b, c=d"),
        row(MEMO, null, "Several[]", "X-API-Key: a,b"),
        row(MEMO, null, "Several[]", "X-API-Key: a", "X-API-Key: a"),
        row(MEMO, null, "Several[]", "Authorization: Bearer a", "X-API-Key: a"),
        row(MEMO, "apikey=x", "InForbiddenQuery[]"),
        row(MEMO, "apikey", "InForbiddenQuery[]"),
        row(MEMO, "api_key=x", "InForbiddenQuery[]"),
        row(MEMO, "access_token=", "InForbiddenQuery[]"),
        row(MEMO, "a=b&api%5Fkey=x", "InForbiddenQuery[]"),
        row(MEMO, "a=b;apikey=x", "InForbiddenQuery[]"),
        row(MEMO, "anything=" + KEY, "InForbiddenQuery[]"),
        row(MEMO, "anything=" + LAKE_KEY, "InForbiddenQuery[]"),
        row(MEMO, KEY, "InForbiddenQuery[]"),
        row(MEMO, "a=" + escaped(KEY), "InForbiddenQuery[]"),
        row(MEMO, "a=+" + KEY + "%20", "InForbiddenQuery[]"),
        row(MEMO, "apikey=x", "InForbiddenQuery[]", "Authorization: Bearer " + KEY),
        row(MEMO, "apikey=x&apikey=y", "InForbiddenQuery[]"),
        row(MEMO, "a=" + KEY + "x", "Missing[]"),
        row(MEMO, "a=x" + KEY, "Missing[]"),
        row(MEMO, "a=https://x/%3Fb=" + KEY + "/", "InForbiddenQuery[]"),
        row(MEMO, "a=" + escaped(escaped(KEY)), "InForbiddenQuery[]"),
        row(MEMO, "apikeys=x&%zz=%", "Missing[]"),
        row(LAKE, "apikey=" + LAKE_KEY, "Single[QUERY, redacted]"),
        row(LAKE, "a=1&apikey=" + escaped(LAKE_KEY), "Single[QUERY, redacted]"),
        row(LAKE, "apikey=", "Single[QUERY, redacted]"),
        row(LAKE, "apikey=a&apikey=a", "Several[]"),
        row(LAKE, "apikey=a,b", "Several[]"),
        row(LAKE, "apikey=a", "Several[]", "Authorization: Bearer b"),
        row(LAKE, "api_key=a", "InForbiddenQuery[]"),
        row(LAKE, "apikey=a&token=" + LAKE_KEY, "InForbiddenQuery[]"));
  }

  @ParameterizedTest
  @MethodSource("requests")
  @DisplayName("MEMO-5, LAKE-3: places, in the contract's words")
  void read(Product product, @Nullable String query, String expected, List<String> headers) {
    Credential credential = new CredentialReader(product, FORMAT).read(values(headers), query);

    assertThat(credential).hasToString(expected);
  }

  @Test
  void read_keyInAnyPlace_isTheKeyItself() {
    var memo = new CredentialReader(MEMO, FORMAT);
    var lake = new CredentialReader(LAKE, FORMAT);
    String id = "key_" + KEY.substring(8, 20);
    String basic = base64(id + ":" + KEY);

    assertThat(claimed(memo.read(values(List.of("Authorization: Bearer " + KEY)), null)))
        .isEqualTo(id);
    assertThat(claimed(memo.read(values(List.of("Authorization: basic " + basic)), null)))
        .isEqualTo(id);
    assertThat(claimed(memo.read(values(List.of("X-API-Key: " + KEY)), null))).isEqualTo(id);
    assertThat(claimed(lake.read(values(List.of()), "b=1&apikey=" + escaped(LAKE_KEY))))
        .isEqualTo("key_" + LAKE_KEY.substring(4, 16));
  }

  @Test
  void read_twoSpacesAfterScheme_isNoKey() {
    var headers = values(List.of("Authorization: Bearer  " + KEY));

    assertThat(claimed(new CredentialReader(MEMO, FORMAT).read(headers, null))).isEqualTo("none");
  }

  static Stream<Arguments> queries() {
    return Stream.of(
        Arguments.of(null, null),
        Arguments.of("", null),
        Arguments.of("a=1&b=%20;c", "a=1&b=%20;c"),
        Arguments.of("apikey=x", null),
        Arguments.of("apikey=x&a=1", "a=1"),
        Arguments.of("a=1&apikey=x", "a=1"),
        Arguments.of("a=1;api_key=x&b=2", "a=1&b=2"),
        Arguments.of("a=1&access%5ftoken=x;b=2", "a=1;b=2"),
        Arguments.of("a=" + LAKE_KEY + "&b=2&c=" + escaped(KEY), "b=2"),
        Arguments.of(KEY + "&a", "a"));
  }

  @ParameterizedTest
  @MethodSource("queries")
  @DisplayName("LAKE-7: no key is left in the query")
  void withoutKeys(@Nullable String query, @Nullable String expected) {
    assertThat(new CredentialReader(LAKE, FORMAT).withoutKeys(query)).isEqualTo(expected);
  }

  private static String claimed(Credential credential) {
    assertThat(credential).isInstanceOf(Credential.Single.class);
    var id = ((Credential.Single) credential).claimedId(FORMAT);
    return id == null ? "none" : id.toString();
  }

  private static Arguments row(
      Product product, @Nullable String query, String expected, String... headers) {
    return Arguments.of(product, query, expected, List.of(headers));
  }

  private static HeaderValues values(List<String> lines) {
    return name -> {
      List<String> values = new ArrayList<>();
      for (String line : lines) {
        int colon = line.indexOf(':');
        if (line.substring(0, colon).equalsIgnoreCase(name.toString())) {
          values.add(line.substring(colon + 1).strip());
        }
      }
      return values;
    };
  }

  private static String key(String prefix) {
    return KeyFormat.generate(prefix, new SecureRandom()).secret().reveal();
  }

  /** The first character escaped: enough to hide a key from a comparison of raw text. */
  private static String escaped(String text) {
    String first = String.format("%%%02X", (int) text.charAt(0));
    return first + URLEncoder.encode(text.substring(1), StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
