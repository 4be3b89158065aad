package dev.keyway.server.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.server.portal.SampleAssets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The portal beside the API, asked for in raw bytes. */
final class PortalTest {
  private static final String HTML = "Accept: text/html,application/xhtml+xml,*/*;q=0.8";
  private static final String ANYTHING = "Accept: */*";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'; require-trusted-types-for 'script';"
          + " trusted-types 'none'";
  private static final String SCRIPT = "/assets/index-B1c2D3e4.js";

  private final RunningApi api = new RunningApi();

  @AfterEach
  void stop() {
    api.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/sign-in",
        "/sign-in?product=memo&next=/keys",
        "/invitation",
        "/keys",
        "/keys/",
        "/keys/key_0Az9-_.",
        "/resources/res_1?tab=keys",
        "/workspaces/ws_1/members",
        "/account",
        "/valid"
      })
  void page_isTheSameAtEveryPathOfIt(String path) throws IOException {
    Wire page = ask("GET", path, HTML);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.header("cache-control")).isEqualTo("no-cache");
    assertThat(page.header("vary")).isEqualTo("Accept, Accept-Encoding");
    assertThat(page.text()).isEqualTo(SampleAssets.PAGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1",
        "/v1/",
        "/v1/nothing",
        "/v1.",
        "/V1/keys",
        "//v1/keys",
        "/./v1/keys",
        "/keys/../v1/keys",
        "/keys/%2e%2e/v1/keys",
        "/%761/keys",
        "/v%31/keys",
        "/v1%2Fkeys",
        "/v2/keys",
        "/v1;x/keys",
        "/authz/memo",
        "/authz",
        "/Authz",
        "/.well-known/oauth-protected-resource",
        "/.well-known",
        "/mcp",
        "/mcp/v1",
        "/MCP",
        "/health/x",
        "/metrics/x",
        "/metrics/",
        "/openapi.json/",
        "/problems",
        "/problems/nothing",
        "/assets",
        "/assets/",
        "/assets/index-00000000.js",
        "/assets/../index.html",
        "/assets/index-B1c2D3e4.js.gz",
        "/index.html",
        "/favicon.ico",
        "/keys//x",
        "/keys/.x",
        "/keys/a b",
        "/keys/a%20b",
        "/keys/\u00e9",
        "/keys\\x",
        "/keys/~x",
        "/files.txt"
      })
  void path_ofTheApiOrOddlySpelled_isNoPage(String path) throws IOException {
    for (String method : new String[] {"GET", "HEAD"}) {
      Wire answer = ask(method, path, HTML);
      assertThat(answer.status()).as(path).isIn(400, 404);
      assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    }
  }

  @Test
  void path_thatIsVeryLong_isAPageToo() throws IOException {
    assertThat(ask("GET", "/keys" + "/x".repeat(4_000), HTML).status()).isEqualTo(200);
  }

  @Test
  void page_isForThoseWhoAskForHtml() throws IOException {
    for (String accept :
        new String[] {ANYTHING, "Accept: application/json", "Accept: text/html;q=0", "X: y"}) {
      assertThat(ask("GET", "/keys", accept).status()).as(accept).isEqualTo(404);
    }
    assertThat(ask("GET", "/keys", "Accept: application/json, TEXT/HTML;q=0.1").status())
        .isEqualTo(200);
    for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS"}) {
      assertThat(ask(method, "/keys", HTML).status()).as(method).isEqualTo(404);
    }
  }

  @Test
  void page_mayLoadItsOwnAndRunNoTextOfOthers() throws IOException {
    Wire page = ask("GET", "/keys", HTML);
    assertThat(page.header("content-security-policy")).isEqualTo(POLICY);
    assertThat(page.header("referrer-policy")).isEqualTo("no-referrer");
    assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(page.header("x-frame-options")).isEqualTo("DENY");
    assertThat(page.header("cross-origin-opener-policy")).isEqualTo("same-origin");
    assertThat(page.header("cross-origin-resource-policy")).isEqualTo("same-origin");
    assertThat(page.header("permissions-policy")).contains("clipboard-write=(self)", "camera=()");
    assertThat(page.header("set-cookie")).isEmpty();
  }

  @Test
  void page_thatTheBrowserHas_keepsItsPolicy() throws IOException {
    String tag = ask("GET", "/keys", HTML).header("etag");
    Wire answer = ask("GET", "/sign-in", HTML + "\r\nIf-None-Match: " + tag);
    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.header("content-security-policy")).isEqualTo(POLICY);
    assertThat(answer.header("permissions-policy")).contains("clipboard-write=(self)");
  }

  @Test
  void policy_ofEverythingElse_allowsNothing() throws IOException {
    for (String path : new String[] {SCRIPT, "/v1/me", "/health", "/problems/internal"}) {
      assertThat(ask("GET", path, HTML).header("content-security-policy"))
          .as(path)
          .isEqualTo("default-src 'none'; frame-ancestors 'none'");
    }
  }

  @Test
  void file_withItsHashInItsName_isKeptForEver() throws IOException {
    Wire script = ask("GET", SCRIPT, ANYTHING);
    assertThat(script.status()).isEqualTo(200);
    assertThat(script.text()).isEqualTo(SampleAssets.SCRIPT);
    assertThat(script.header("content-type")).isEqualTo("text/javascript; charset=utf-8");
    assertThat(script.header("cache-control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(script.header("vary")).isEqualTo("Accept-Encoding");
    assertThat(script.header("content-encoding")).isEmpty();
    assertThat(script.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(ask("GET", "/assets/index-F5g6H7i8.css", ANYTHING).header("content-type"))
        .isEqualTo("text/css; charset=utf-8");
    Wire icon = ask("GET", "/assets/icon.svg", ANYTHING);
    assertThat(icon.header("cache-control")).isEqualTo("no-cache");
    assertThat(icon.header("content-type")).isEqualTo("image/svg+xml");
  }

  @Test
  void file_forThoseWhoTakeGzip_isSmaller() throws IOException {
    for (String taking : new String[] {"gzip, deflate, br", "br;q=1.0, GZIP;q=0.001"}) {
      Wire zipped = ask("GET", SCRIPT, "Accept-Encoding: " + taking);
      assertThat(zipped.header("content-encoding")).isEqualTo("gzip");
      assertThat(zipped.body().length).isLessThan(SampleAssets.SCRIPT.length() / 10);
      assertThat(unzipped(zipped.body())).isEqualTo(SampleAssets.SCRIPT);
    }
    for (String refusing :
        new String[] {"gzip;q=0", "gzip; q=0.000", "br", "identity", "x-gzipped"}) {
      Wire plain = ask("GET", SCRIPT, "Accept-Encoding: " + refusing);
      assertThat(plain.header("content-encoding")).as(refusing).isEmpty();
      assertThat(plain.text()).isEqualTo(SampleAssets.SCRIPT);
    }
  }

  @Test
  void file_thatTheClientHas_isNotSentAgain() throws IOException {
    String plain = ask("GET", SCRIPT, ANYTHING).header("etag");
    String zipped = ask("GET", SCRIPT, "Accept-Encoding: gzip").header("etag");
    assertThat(plain).matches("\"[A-Za-z0-9_-]{43}\"").isNotEqualTo(zipped);
    for (String known : new String[] {plain, "W/" + plain, "\"a\", " + plain + ",\"b\"", "*"}) {
      for (String method : new String[] {"GET", "HEAD"}) {
        Wire answer = ask(method, SCRIPT, "If-None-Match: " + known);
        assertThat(answer.status()).as(known).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("etag")).isEqualTo(plain);
        assertThat(answer.header("cache-control")).contains("immutable");
        assertThat(answer.header("vary")).isEqualTo("Accept-Encoding");
        assertThat(answer.header("content-length")).isEmpty();
        assertThat(answer.header("transfer-encoding")).isEmpty();
      }
    }
    assertThat(ask("GET", SCRIPT, "If-None-Match: " + zipped).status()).isEqualTo(200);
    assertThat(
            ask("GET", SCRIPT, "If-None-Match: " + zipped + "\r\nAccept-Encoding: gzip").status())
        .isEqualTo(304);
  }

  @Test
  void head_isGetWithoutABody() throws IOException {
    for (String path : new String[] {"/keys", SCRIPT}) {
      Wire get = ask("GET", path, HTML);
      Wire head = ask("HEAD", path, HTML);
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(head.header("content-length")).isEqualTo(String.valueOf(get.body().length));
      assertThat(head.header("content-type")).isEqualTo(get.header("content-type"));
    }
  }

  @Test
  void key_inAPathOrQueryOfThePortal_isRefusedAndNotRepeated() throws IOException {
    String key = new Fixtures(api).value("meko.secret");
    for (String path : new String[] {"/keys/" + key, "/keys?q=" + key, SCRIPT + "?" + key}) {
      Wire answer = ask("GET", path, HTML);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text()).contains("\"code\":\"invalid_request\"").doesNotContain(key);
    }
  }

  private static String unzipped(byte[] bytes) throws IOException {
    try (var unzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(unzip.readAllBytes(), UTF_8);
    }
  }

  private Wire ask(String method, String target, String header) throws IOException {
    URI url = URI.create(api.url());
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
      socket.setSoTimeout(20_000);
      String request =
          "%s %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n%s\r\n\r\n"
              .formatted(method, target, header);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return Wire.of(socket.getInputStream().readAllBytes());
    }
  }

  /** An answer as it came, to its connection's end. */
  private record Wire(String head, String content) {
    static Wire of(byte[] bytes) {
      String all = new String(bytes, ISO_8859_1);
      int end = all.indexOf("\r\n\r\n");
      return new Wire(all.substring(0, end), all.substring(end + 4));
    }

    int status() {
      return Integer.parseInt(head.substring(9, 12));
    }

    /** A field's value; empty for none. */
    String header(String name) {
      return head.lines()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }

    byte[] body() {
      return content.getBytes(ISO_8859_1);
    }

    String text() {
      return new String(body(), UTF_8);
    }
  }
}
