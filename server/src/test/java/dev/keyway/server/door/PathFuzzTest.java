package dev.keyway.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Route;
import dev.keyway.core.product.Upstream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A path that is let pass means the same to every upstream, or at least leads none of them to what
 * a longer route guards.
 */
class PathFuzzTest {
  private static final List<String> GUARDED =
      List.of("/t", "/t/posts-only", "/t/a+b", "/t/x:batch", "/t/deep/er");
  private static final RouteTable ROUTES = table();

  /** How upstreams have been seen to read a path. */
  private static final List<UnaryOperator<String>> READINGS =
      List.of(
          path -> path,
          path -> decoded(path),
          path -> decoded(decoded(path)),
          path -> collapsed(decoded(path)),
          path -> withoutDots(decoded(path)),
          path -> decoded(withoutDots(path)),
          path -> decoded(path).replace('\\', '/'),
          path -> withoutParameters(decoded(path)),
          path -> decoded(withoutParameters(path)),
          path -> decoded(path).toLowerCase(Locale.ROOT),
          path -> trimmed(decoded(path)),
          path ->
              trimmed(withoutDots(collapsed(decoded(path).replace('\\', '/'))))
                  .toLowerCase(Locale.ROOT));

  @FuzzTest(maxDuration = "60s")
  void path(byte[] bytes) {
    RequestTarget target = RequestTarget.of("/" + new String(bytes, StandardCharsets.ISO_8859_1));
    if (target == null || !target.isUnambiguous()) {
      return;
    }
    String path = target.path();
    String plain = decoded(path);
    assertThat(plain).as("UTF-8").doesNotContain("\uFFFD");
    assertThat(plain).as("control bytes").doesNotContainPattern("[\\x00-\\x1f\\x7f\\\\;]");
    assertThat(decoded(plain)).as("decoded twice").isEqualTo(plain);
    assertThat(withoutDots(collapsed(plain)))
        .as("without dots and empty segments")
        .isEqualTo(plain);
    assertThat(plain.split("/", -1)).as("segments").hasSameSizeAs(path.split("/", -1));
    RouteTable.Entry chosen = ROUTES.find(path);
    for (UnaryOperator<String> reading : READINGS) {
      String read = reading.apply(path);
      assertThat(chosen == null || chosen.path().equals(longest(read)))
          .as("%s read as %s", path, read)
          .isTrue();
    }
  }

  /** What guards a path by plain comparison. */
  private static @Nullable String longest(String path) {
    return GUARDED.stream()
        .filter(route -> path.equals(route) || path.startsWith(route + "/"))
        .max((a, b) -> Integer.compare(a.length(), b.length()))
        .orElse(null);
  }

  private static RouteTable table() {
    Product product =
        TestProducts.memo(URI.create("http://127.0.0.1:1"), URI.create("http://127.0.0.1:1"));
    Upstream upstream = product.upstreams().values().iterator().next();
    List<DoorRoute> routes = new ArrayList<>();
    for (String path : GUARDED) {
      var route =
          new Route(
              path, Set.of(), upstream.name(), Route.Kind.HTTP, null, null, Route.Identity.HEADERS);
      routes.add(new DoorRoute(product, route));
    }
    return new RouteTable(routes);
  }

  private static String decoded(String path) {
    var bytes = new java.io.ByteArrayOutputStream();
    int i = 0;
    while (i < path.length()) {
      if (path.substring(i).matches("(?s)%[0-9A-Fa-f]{2}.*")) {
        bytes.write(Integer.parseInt(path.substring(i + 1, i + 3), 16));
        i += 3;
      } else {
        int length = Character.charCount(path.codePointAt(i));
        bytes.writeBytes(path.substring(i, i + length).getBytes(StandardCharsets.UTF_8));
        i += length;
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String collapsed(String path) {
    return path.replaceAll("/+", "/");
  }

  private static String withoutParameters(String path) {
    return path.replaceAll(";[^/]*", "");
  }

  /** As servers on Windows read names of files. */
  private static String trimmed(String path) {
    return path.replaceAll("[. ]+(?=/|$)", "");
  }

  /** RFC 3986, 5.2.4. */
  private static String withoutDots(String path) {
    List<String> kept = new ArrayList<>();
    String[] segments = path.split("/", -1);
    for (int i = 1; i < segments.length; i++) {
      boolean isLast = i == segments.length - 1;
      if (segments[i].equals("..") && !kept.isEmpty()) {
        kept.removeLast();
      }
      if (!segments[i].equals(".") && !segments[i].equals("..")) {
        kept.add(segments[i]);
      } else if (isLast) {
        kept.add("");
      }
    }
    return "/" + String.join("/", kept);
  }
}
