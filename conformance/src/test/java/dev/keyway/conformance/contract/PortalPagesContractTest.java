package dev.keyway.conformance.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.RawConnection;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.WireMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser gets from the control listener, and that nothing else gets it by mistake. */
@DisplayName("Contract: the portal's page and files")
final class PortalPagesContractTest {
  private static final String HTML = "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8";
  private static final String POLICY = "content-security-policy";
  private static final Pattern FILE = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"");
  private static final Pattern HASHED = Pattern.compile(".*-[A-Za-z0-9_-]{8}\\.(?:js|css)");

  private final RunningKeyway keyway = RunningKeyway.shared();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/sign-in?product=memo",
        "/invitation",
        "/keys",
        "/keys/key_a1B2c3D4e5F6",
        "/connect",
        "/resources/res_1?tab=keys",
        "/workspaces/ws_1/members",
        "/usage",
        "/account"
      })
  void page_isServedAtItsPaths_andMayRunItsOwnScriptsOnly(String path) {
    WireMessage page = ask("GET " + path, HTML);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("content-type")).contains("text/html; charset=utf-8");
    assertThat(page.header("cache-control")).contains("no-cache");
    assertThat(page.header("x-content-type-options")).contains("nosniff");
    assertThat(page.header("referrer-policy")).contains("no-referrer");
    assertThat(page.header("cross-origin-opener-policy")).contains("same-origin");
    assertThat(page.header("cross-origin-resource-policy")).contains("same-origin");
    assertThat(page.header("permissions-policy").orElse("")).contains("clipboard-write=(self)");
    assertThat(page.header("set-cookie")).isEmpty();
    assertThat(List.of(page.header(POLICY).orElse("").split("; ")))
        .contains(
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'");
    assertThat(page.headers(POLICY)).singleElement().asString().doesNotContain("unsafe");
    assertThat(page.text())
        .contains("<!doctype html>")
        .doesNotContainPattern("(?i)<style|<script(?![^>]* src=)|\\son[a-z]+=|\\sstyle=");
  }

  @Test
  void files_ofThePage_areKeptForEverWhenTheirNamesChange() throws IOException {
    List<String> files = filesOfThePage();
    assertThat(files)
        .anyMatch(name -> name.endsWith(".js"))
        .anyMatch(name -> name.endsWith(".css"));
    assertThat(files).anyMatch(name -> HASHED.matcher(name).matches());
    for (String file : files) {
      WireMessage plain = ask("GET " + file, "Accept: */*");
      assertThat(plain.status()).as(file).isEqualTo(200);
      assertThat(plain.header("x-content-type-options")).contains("nosniff");
      assertThat(plain.header("content-type").orElse("")).startsWith(type(file));
      assertThat(plain.header("cache-control"))
          .as(file)
          .contains(
              HASHED.matcher(file).matches() ? "public, max-age=31536000, immutable" : "no-cache");
      assertThat(unzipped(ask("GET " + file, "Accept-Encoding: gzip, br"))).isEqualTo(plain.body());
      String tag = plain.header("etag").orElseThrow();
      WireMessage known = ask("GET " + file, "If-None-Match: " + tag);
      assertThat(known.status()).isEqualTo(304);
      assertThat(known.body()).isEmpty();
      WireMessage head = head(file);
      assertThat(head.header("content-length")).isEqualTo(plain.header("content-length"));
    }
  }

  @Test
  void page_thatTheBrowserHas_isNotSentAgainButItsPolicyIs() {
    WireMessage page = ask("GET /", HTML);
    WireMessage known =
        ask("GET /keys", HTML, "If-None-Match: " + page.header("etag").orElseThrow());
    assertThat(known.status()).isEqualTo(304);
    assertThat(known.header(POLICY)).isEqualTo(page.header(POLICY));
  }

  /** Paths of the API and its neighbours, and other spellings of them. */
  static Stream<String> reserved() {
    return Stream.of("v1", "authz", ".well-known", "mcp", "health", "metrics", "problems", "assets")
        .flatMap(name ->
            Stream.of(
                "/" + name,
                "/" + name + "/",
                "/" + name + "/nothing/here",
                "/" + name + "/index.html",
                "//" + name,
                "/./" + name,
                "/keys/../" + name,
                "/keys/%2e%2e/" + name,
                "/" + name + "%2Fkeys",
                "/" + name + ";x",
                "/" + name + ".",
                "/" + name.toUpperCase(Locale.ROOT),
                "/%" + Integer.toHexString(name.charAt(0)) + name.substring(1)));
  }

  @ParameterizedTest
  @MethodSource("reserved")
  void reservedPath_neverAnswersHtml(String path) {
    for (String method : List.of("GET", "POST", "OPTIONS")) {
      WireMessage answer = ask(method + " " + path, HTML, "Content-Length: 0");
      assertThat(answer.header("content-type").orElse("")).as(path).doesNotContain("html");
      if (!path.startsWith("/authz/")) {
        // What forward-auth says is for a proxy, which may pass it on as the answer of an API.
        assertThat(answer.header(POLICY)).contains("default-src 'none'; frame-ancestors 'none'");
      }
      if (answer.status() != 200) {
        assertThat(answer.status()).as(path).isIn(400, 404, 405);
        assertThat(answer.header("content-type")).contains("application/problem+json");
      }
    }
  }

  @Test
  void page_isNotForPrograms() {
    assertThat(ask("GET /keys", "Accept: */*").status()).isEqualTo(404);
    assertThat(ask("GET /keys", "Accept: application/json").code()).isEqualTo("not_found");
    assertThat(ask("POST /keys", HTML, "Content-Length: 0").code()).isEqualTo("not_found");
    assertThat(ask("GET /assets/index-00000000.js", HTML).code()).isEqualTo("not_found");
  }

  @Test
  void key_inAPath_isRefusedAndNowhereRepeated() {
    Tenants tenants = keyway.tenants();
    String secret = tenants.key("mecha", tenants.account("mecha")).secret();
    for (String target : List.of("/keys/" + secret, "/keys?q=" + secret, "/sign-in#" + secret)) {
      WireMessage answer = ask("GET " + target, HTML);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text()).doesNotContain(secret);
    }
    assertThat(keyway.output()).doesNotContain(secret);
  }

  @Test
  void invitation_leadsToThePortal() {
    Tenants tenants = keyway.tenants();
    String account = tenants.account("memo");
    String url =
        keyway
            .operator()
            .post("/v1/accounts/" + account + "/invitations", Json.of())
            .expect(201)
            .text("url");
    assertThat(url)
        .matches(Pattern.quote(keyway.control() + "/invitation#") + "[A-Za-z0-9_-]{20,}");
    assertThat(ask("GET " + URI.create(url).getPath(), HTML).status()).isEqualTo(200);
  }

  @Test
  void demo_printsTheAddressToOpenAndWhoSignsInThere() {
    assumeFalse(keyway.output().isEmpty(), "the program was started by somebody else");
    String email = keyway.product("memo").at("/accounts/0/email").asText();
    assertThat(keyway.output().lines().filter(line -> line.startsWith("portal ")))
        .singleElement()
        .asString()
        .contains(keyway.control().toString(), "sign in as " + email);
  }

  private List<String> filesOfThePage() {
    return FILE.matcher(ask("GET /", HTML).text())
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  private static String type(String file) {
    return switch (file.substring(file.lastIndexOf('.') + 1)) {
      case "js" -> "text/javascript";
      case "css" -> "text/css";
      case "svg" -> "image/svg+xml";
      default -> throw new AssertionError("a type for " + file);
    };
  }

  /** The body, whose form must be gzip where that is worth it. */
  private static String unzipped(WireMessage answer) throws IOException {
    if (answer.header("content-encoding").isEmpty()) {
      assertThat(answer.body().length()).isLessThan(1_000);
      return answer.body();
    }
    assertThat(answer.header("vary").orElse("")).contains("Accept-Encoding");
    byte[] zipped = answer.body().getBytes(ISO_8859_1);
    try (var unzip = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
      return new String(unzip.readAllBytes(), ISO_8859_1);
    }
  }

  private WireMessage head(String target) {
    try (RawConnection connection = RawConnection.to(keyway.control())) {
      return connection.send("HEAD " + target + " HTTP/1.1").head();
    }
  }

  private WireMessage ask(String request, String... fields) {
    try (RawConnection connection = RawConnection.to(keyway.control())) {
      var text = new StringBuilder(request + " HTTP/1.1\r\nHost: " + connection.host() + "\r\n");
      for (String field : fields) {
        text.append(field).append("\r\n");
      }
      return connection.write(text.append("\r\n").toString().getBytes(UTF_8)).answer();
    }
  }
}
