package dev.keyway.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.keyway.core.apikey.KeyFormat;
import dev.keyway.core.product.Product;
import dev.keyway.core.verify.Credential;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** No request shows one key here and another behind, and no key stays in what goes on. */
class CredentialFuzzTest {
  private static final URI ANYWHERE = URI.create("http://127.0.0.1:1");
  private static final List<Product> PRODUCTS =
      List.of(
          TestProducts.memo(ANYWHERE, ANYWHERE),
          TestProducts.lake(ANYWHERE),
          TestProducts.mecha(ANYWHERE));
  private static final KeyFormat FORMAT =
      new KeyFormat(List.of(TestProducts.MEMO, TestProducts.LAKE, TestProducts.MECHA));

  /** Right in its checksum, and nobody's. */
  private static final String KEY =
      "mk_live_000000000000" + "7".repeat(43) + checkOf("mk_live_000000000000" + "7".repeat(43));

  private static final Pattern WORD = Pattern.compile("[0-9A-Za-z_]+");
  private static final Pattern NAMED =
      Pattern.compile("(?:^|[&;])(?:apikey|api_key|access_token)(?:=|[&;]|$)");

  @FuzzTest(maxDuration = "60s")
  void read(FuzzedDataProvider data) {
    Product product = data.pickValue(PRODUCTS);
    List<String> authorization = values(data);
    List<String> apiKey = values(data);
    String query = data.consumeBoolean() ? text(data) : null;
    var reader = new CredentialReader(product, FORMAT);

    Credential read =
        reader.read(
            name ->
                switch (name.toString().toLowerCase(Locale.ROOT)) {
                  case "authorization" -> authorization;
                  case "x-api-key" -> apiKey;
                  default -> List.of();
                },
            query);

    int headers = filled(authorization) + filled(apiKey);
    String kept = reader.withoutKeys(query);
    boolean hasQueryKey = query != null && holdsKey(query);
    if (headers > 1 || (headers == 1 && hasQueryKey)) {
      assertThat(read).isNotInstanceOf(Credential.Single.class);
    }
    if (headers == 0 && !hasQueryKey) {
      assertThat(read).isInstanceOf(Credential.Missing.class);
    }
    assertThat(read.toString()).doesNotContain(KEY);
    assertThat(kept == null || !holdsKey(kept)).isTrue();
    assertThat(reader.withoutKeys(kept)).isEqualTo(kept);
    if (!hasQueryKey && query != null && !query.isEmpty()) {
      assertThat(query).endsWith(kept == null ? "" : kept);
    }
  }

  private static List<String> values(FuzzedDataProvider data) {
    List<String> values = new ArrayList<>();
    for (int count = data.consumeInt(0, 2); count > 0; count--) {
      values.add(text(data));
    }
    return values;
  }

  /** A text in which {@code $} stands for a key and {@code ~} for one that is escaped. */
  private static String text(FuzzedDataProvider data) {
    return data.consumeAsciiString(40)
        .replace("$", KEY)
        .replace("~", KEY.replace("m", "%6D"))
        .replace("^", KEY.replace("m", "%256d"));
  }

  private static int filled(List<String> lines) {
    return lines.size() == 1 && lines.getFirst().isBlank() ? 0 : lines.size();
  }

  /** Whether a query names a key's parameter, or a key is a word of it however often decoded. */
  private static boolean holdsKey(String query) {
    if (NAMED.matcher(query).find()) {
      return true;
    }
    String text = query;
    for (int decodings = 0; decodings <= 2; decodings++) {
      if (hasKeyWord(text) || (decodings == 1 && hasNamed(query))) {
        return true;
      }
      text = decoded(text);
    }
    return false;
  }

  private static boolean hasNamed(String query) {
    for (String pair : query.split("[&;]", -1)) {
      String name = decoded(pair.replaceFirst("=.*", "").replace('+', ' '));
      if (List.of("apikey", "api_key", "access_token").contains(name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasKeyWord(String text) {
    return WORD.matcher(text).results().anyMatch(word -> hasKeyAtAnEnd(word.group()));
  }

  /** An underscore may stand before a key, being none of its digits. */
  private static boolean hasKeyAtAnEnd(String word) {
    for (int from = 0; from < word.length(); from++) {
      for (int to = word.length(); to > from; to--) {
        boolean isWord =
            (from == 0 || word.charAt(from - 1) == '_')
                && (to == word.length() || word.charAt(to) == '_');
        if (isWord && FORMAT.parse(word.substring(from, to)) != null) {
          return true;
        }
      }
    }
    return false;
  }

  private static String decoded(String text) {
    var bytes = new java.io.ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '%' && text.substring(i).matches("(?s)%[0-9A-Fa-f]{2}.*")) {
        bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.writeBytes(text.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String checkOf(String body) {
    return dev.keyway.core.apikey.IndependentChecksum.complete(body).substring(body.length());
  }
}
