package dev.keyway.client.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.client.stub.StubDoor;
import dev.keyway.client.stub.StubServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter in real containers, before a door that behaves as the contract says. */
final class KeywayFilterTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Nested
  final class InJetty extends Contract {
    InJetty() {
      super(JettyContainer::start);
    }
  }

  @Nested
  final class InTomcat extends Contract {
    InTomcat() {
      super(TomcatContainer::start);
    }
  }

  abstract static class Contract {
    private final Container.Kind kind;
    private final StubServer door = StubServer.start(new StubDoor());
    private Container container;

    Contract(Container.Kind kind) {
      this.kind = kind;
    }

    @BeforeEach
    void start() throws Exception {
      container = kind.start(Map.of("url", door.url(), "product", "stub"));
    }

    @AfterEach
    void stop() throws Exception {
      container.stop();
      door.close();
    }

    private void restart(String name, String value) throws Exception {
      container.stop();
      container = start(name, value);
    }

    private Container start(String name, String value) throws Exception {
      Map<String, String> parameters = new TreeMap<>(Map.of("url", door.url(), "product", "stub"));
      parameters.put(name, value);
      return kind.start(parameters);
    }

    @Test
    void goodKey_reachesTheApplication_whichSeesWhoseItIs_andNotTheKey() throws Exception {
      HttpResponse<String> answer =
          send(
              "GET",
              "/v1/machines?page=2",
              "",
              "Authorization",
              "Bearer " + StubDoor.GOOD,
              "Keyway-Key-Id",
              "key_forged",
              "keyway_account_id",
              "acc_forged",
              "KEYWAY-Identity",
              "forged");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body().lines())
          .contains(
              "principal key_000000000001",
              "account acc_1",
              "query page=2",
              "header keyway-key-id key_000000000001",
              "header keyway-account-id acc_1",
              "header keyway-workspace-id ws_1",
              "header keyway-request-id req_1")
          .noneMatch(line -> line.contains("forged") || line.startsWith("header authorization"));
      assertThat(answer.headers().firstValue("RateLimit")).contains("\"data\";r=4;t=60");
      assertThat(answer.headers().firstValue("Keyway-Request-Id")).contains("req_1");
      StubServer.Seen seen = door.seen().get(0);
      assertThat(seen.first("X-Forwarded-Uri")).isEqualTo("/app/v1/machines?page=2");
      assertThat(seen.first("X-Forwarded-For")).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
      "Bearer stb_wrong,401,invalid_key,",
      "Bearer stb_limited,429,rate_limited,17",
      "Bearer stb_plan,403,api_access_denied,",
      "Bearer stb_undecided,503,cannot_verify,9",
      "'',401,missing_key,"
    })
    void refusal_reachesTheClient_asItIs(String value, int status, String code, String retry)
        throws Exception {
      int reached = EchoServlet.REACHED.get();
      String[] fields = value.isEmpty() ? new String[0] : new String[] {"Authorization", value};
      HttpResponse<String> answer = send("POST", "/v1", "some body", fields);
      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(answer.body()).contains("\"code\":\"" + code + "\"", "keyway.example/problems");
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/problem+json");
      assertThat(answer.headers().firstValue("Retry-After").orElse(null)).isEqualTo(retry);
      assertThat(answer.headers().allValues("WWW-Authenticate")).hasSize(status == 401 ? 1 : 0);
      assertThat(answer.headers().map()).doesNotContainKeys("keyway-status", "keyway-code");
      assertThat(EchoServlet.REACHED).hasValue(reached);
    }

    @Test
    void headOfARefusal_hasNoBody() throws Exception {
      HttpResponse<String> answer = send("HEAD", "/v1", "");
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).isEmpty();
    }

    @Test
    void keyInTheQuery_isAsked_andHiddenFromTheApplication() throws Exception {
      HttpResponse<String> answer =
          send(
              "POST",
              "/v1?a=1&apikey=" + StubDoor.GOOD + "&b=2&a=%33",
              "apikey=body&a=4",
              "Content-Type",
              "application/x-www-form-urlencoded");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).doesNotContain(StubDoor.GOOD);
      assertThat(answer.body().lines())
          .contains("query a=1&b=2&a=%33", "parameter b[2]", "parameter a[1, 3, 4]")
          .contains("parameter apikey[body]");
      assertThat(send("GET", "/v1?apikey=" + StubDoor.GOOD, "").body().lines())
          .contains("query null");
    }

    @Test
    void keyAfterASemicolon_isHiddenToo() throws Exception {
      HttpResponse<String> answer = send("GET", "/v1?a=1;apikey=" + StubDoor.GOOD + "&b=2;c=3", "");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).doesNotContain(StubDoor.GOOD);
      assertThat(answer.body().lines())
          .contains("query a=1&b=2;c=3", "parameter a[1]", "parameter b[2;c=3]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void sessionOfThePortal_isHidden(String keepCredentials) throws Exception {
      restart("keepCredentials", keepCredentials);
      String[] key = {"Authorization", "Bearer " + StubDoor.GOOD, "Cookie", ""};
      key[3] = "a=1; __Host-keyway=secret; KEYWAY_SESSION=secret; b=2";
      HttpResponse<String> mixed = send("GET", "/v1", "", key);
      assertThat(mixed.body()).doesNotContain("secret");
      assertThat(mixed.body().lines())
          .contains("header cookie a=1; b=2", "cookie a 1", "cookie b 2");
      key[3] = "keyway_session=secret";
      assertThat(send("GET", "/v1", "", key).body().lines())
          .noneMatch(line -> line.startsWith("header cookie") || line.startsWith("cookie"));
    }

    @Test
    void keyInTheReferer_isHidden() throws Exception {
      HttpResponse<String> answer =
          send(
              "GET",
              "/v1",
              "",
              "Authorization",
              "Bearer " + StubDoor.GOOD,
              "Referer",
              "https://app.example/page?x=1&apikey=secret");
      assertThat(answer.body()).doesNotContain("secret");
      assertThat(answer.body().lines()).contains("header referer https://app.example/page?x=1");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "X-HTTP-Method-Override",
          "X-HTTP-Method",
          "X-Method-Override",
          "X-Original-Method",
          "X-Original-URI",
          "X-Original-URL",
          "X-Rewrite-URL",
          "X-Forwarded-Method",
          "X-Forwarded-Uri",
          "X-Forwarded-Prefix",
          "x_http_method_override"
        })
    void claimOfAnotherPathOrMethod_isHidden(String name) throws Exception {
      HttpResponse<String> answer =
          send(
              "GET",
              "/v1",
              "",
              "Authorization",
              "Bearer " + StubDoor.GOOD,
              name,
              "claimed",
              "X-Forwarded-Proto",
              "https");
      assertThat(answer.body()).doesNotContain("claimed");
      assertThat(answer.body().lines()).contains("header x-forwarded-proto https");
    }

    @Test
    void twoKeys_areRefused() throws Exception {
      HttpResponse<String> answer =
          send("GET", "/v1?apikey=" + StubDoor.GOOD, "", "Authorization", "Bearer x");
      assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void browser_isAnsweredBeforeItCalls_andMayReadEveryAnswer() throws Exception {
      int reached = EchoServlet.REACHED.get();
      HttpResponse<String> preflight =
          send(
              "OPTIONS",
              "/v1",
              "",
              "Origin",
              StubDoor.ORIGIN,
              "Access-Control-Request-Method",
              "POST");
      assertThat(preflight.statusCode()).isEqualTo(204);
      assertThat(EchoServlet.REACHED).hasValue(reached);
      for (String key : new String[] {StubDoor.GOOD, "stb_wrong"}) {
        HttpResponse<String> answer =
            send("GET", "/v1", "", "Origin", StubDoor.ORIGIN, "Authorization", "Bearer " + key);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
            .contains(StubDoor.ORIGIN);
        assertThat(answer.headers().firstValue("Vary")).contains("Origin");
      }
    }

    @ParameterizedTest
    @CsvSource({"/async,ASYNC", "/forward,FORWARD"})
    void furtherDispatch_isNotCountedAgain_andShowsTheSame(String path, String dispatch)
        throws Exception {
      HttpResponse<String> answer =
          send(
              "GET",
              path + "?apikey=" + StubDoor.GOOD,
              "",
              "Keyway-Account-Id",
              "acc_forged",
              "Keyway-Resource-Id",
              "res_forged");
      assertThat(answer.body().lines())
          .contains("dispatch " + dispatch, "principal key_000000000001", "account acc_1")
          .noneMatch(line -> line.contains("forged") || line.contains(StubDoor.GOOD));
      assertThat(door.seen()).hasSize(1);
    }

    @Test
    void keywayAway_is503_neverAWrongKey_andNothingGetsThrough() throws Exception {
      door.close();
      int reached = EchoServlet.REACHED.get();
      for (int i = 0; i < 10; i++) {
        HttpResponse<String> answer =
            send("GET", "/v1", "", "Authorization", "Bearer " + StubDoor.GOOD);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"code\":\"cannot_verify\"");
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
      }
      assertThat(EchoServlet.REACHED).hasValue(reached);
    }

    @Test
    void failOpenOnOutage_letsThroughWithoutAnIdentity_butNothingThatWasRefused() throws Exception {
      restart("failOpenOnOutage", "true");
      assertThat(send("GET", "/v1", "", "Authorization", "Bearer x").statusCode()).isEqualTo(401);
      door.script(StubServer.text("HTTP/1.1 431 No\r\nContent-Length: 0\r\n\r\n"));
      assertThat(send("GET", "/v1", "").statusCode()).isEqualTo(503);
      door.close();
      HttpResponse<String> answer =
          send("GET", "/v1", "", "Authorization", "Bearer x", "Keyway-Key-Id", "key_forged");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body().lines())
          .contains("principal none", "account none")
          .noneMatch(line -> line.contains("forged") || line.contains("Bearer"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "503 No\r\nKeyway-Status: 503\r\nKeyway-Code: cannot_verify\r\nRetry-After: 1",
          "500 No\r\nKeyway-Status: 500\r\nKeyway-Code: internal",
          "500 No\r\nKeyway-Request-Id: req_1",
          "502 Bad"
        })
    void failOpenOnOutage_isClosedByAnyAnswer_soThatNoFloodOpensIt(String head) throws Exception {
      restart("failOpenOnOutage", "true");
      door.script(StubServer.text("HTTP/1.1 " + head + "\r\nContent-Length: 0\r\n\r\n"));
      int reached = EchoServlet.REACHED.get();
      for (int i = 0; i < 10; i++) {
        HttpResponse<String> answer = send("GET", "/v1", "", "Authorization", "Bearer stb_made_up");
        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(500);
      }
      assertThat(EchoServlet.REACHED).hasValue(reached);
    }

    @ParameterizedTest
    @CsvSource({
      "/health,200",
      "/public/a,200",
      "/healthy,401",
      "/public,401",
      "/v1,401",
      "/public/..;/v1,other",
      "/public/%2e%2e/v1,other",
      "/public//v1,other",
      "/health;a=b,other"
    })
    void excludedPaths_areThosePlainly(String path, String status) throws Exception {
      restart("excludedPaths", "/app/health, /app/public/*");
      HttpResponse<String> answer = send("GET", path, "", "Keyway-Key-Id", "key_forged");
      if (status.equals("other")) {
        assertThat(answer.statusCode()).isIn(400, 401, 404);
      } else {
        assertThat(answer.statusCode()).isEqualTo(Integer.parseInt(status));
      }
      assertThat(answer.body()).doesNotContain("forged");
    }

    @Test
    void keepCredentials_leavesTheRequestAsItCame() throws Exception {
      restart("keepCredentials", "true");
      assertThat(send("GET", "/v1", "", "Authorization", "Bearer " + StubDoor.GOOD).body())
          .contains("header authorization Bearer " + StubDoor.GOOD);
      assertThat(send("GET", "/v1?apikey=" + StubDoor.GOOD, "").body())
          .contains("query apikey=" + StubDoor.GOOD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"failOpen", "excludedPaths=/a*b", "keepCredentials=yes"})
    void settingThatMeansNothing_keepsTheApplicationFromStarting(String setting) {
      String[] parts = (setting + "=true").split("=", 3);
      assertThatThrownBy(() -> start(parts[0], parts[1])).isInstanceOf(Exception.class);
    }

    private HttpResponse<String> send(String method, String target, String body, String... fields)
        throws IOException, InterruptedException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(container.url() + target))
              .method(
                  method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
      for (int i = 0; i < fields.length; i += 2) {
        request.header(fields[i], fields[i + 1]);
      }
      return HTTP.send(request.build(), BodyHandlers.ofString());
    }
  }

  @Test
  @DisplayName("LAKE-7 servlet: a key under any name is taken out of the query")
  void keysUnderAnyName_areTakenOut() {
    String key = "mlk_" + "0".repeat(12) + "7".repeat(43);
    String whole = key + check(key);
    assertThat(KeyForm.isIn(whole)).isTrue();
    assertThat(KeyForm.isIn(key + "000000")).isFalse();
    assertThat(new QueryKeys("x=1&token=" + whole + "&y=%32").rest()).isEqualTo("x=1&y=%32");
    assertThat(new QueryKeys("token=" + whole.replace("mlk_", "%6dlk_")).rest()).isNull();
    assertThat(new QueryKeys("token=" + whole.replace("mlk_", "%256dlk_")).rest()).isNull();
    assertThat(new QueryKeys("a&b=&%zz=%zz").rest()).isEqualTo("a&b=&%zz=%zz");
    assertThat(new QueryKeys(null).rest()).isNull();
    assertThat(new QueryKeys("x=1;apikey=a;y=2&api_key=b&z").rest()).isEqualTo("x=1;y=2&z");
    assertThat(new QueryKeys(whole + "=1;x").rest()).isEqualTo("x");
  }

  private static String check(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(US_ASCII));
    StringBuilder digits = new StringBuilder();
    String alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    for (long rest = crc.getValue(); digits.length() < 6; rest /= 62) {
      digits.insert(0, alphabet.charAt((int) (rest % 62)));
    }
    return digits.toString();
  }
}
