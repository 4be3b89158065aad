package dev.keyway.client.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.client.stub.StubDoor;
import dev.keyway.client.stub.StubServer;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.filter.ForwardedHeaderFilter;
import org.springframework.web.filter.HiddenHttpMethodFilter;

/** A real application at a free port, which two lines of configuration put behind Keyway. */
final class StarterTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final StubServer door = StubServer.start(new StubDoor());
  private final String url = "keyway.url=" + door.url();
  private final String product = "keyway.product=stub";

  @AfterEach
  void stop() {
    door.close();
  }

  @Test
  void twoLines_guardTheApplication_andShowControllersWhoCalls() throws Exception {
    try (var application = run(url, product)) {
      String bearer = "Bearer " + StubDoor.GOOD;
      assertThat(get(application, "/machines", bearer).body()).isEqualTo("machines of acc_1");
      assertThat(get(application, "/later", bearer).body()).isEqualTo("later for key_000000000001");
      assertThat(get(application, "/open", bearer).body()).isEqualTo("open to acc_1");
      assertThat(get(application, "/seen", bearer).body()).isEqualTo("no key, acc_1");
      assertThat(door.seen()).hasSize(4);
    }
  }

  @Test
  void refusal_reachesTheClient_onEveryPath_andAnOutageIs503() throws Exception {
    try (var application = run(url, product)) {
      for (String path : List.of("/machines", "/open", "/no-such-page", "/error")) {
        refuses(application, path, "", 401, "missing_key");
        refuses(application, path, "Bearer stb_wrong", 401, "invalid_key");
        refuses(application, path, "Bearer " + StubDoor.LIMITED, 429, "rate_limited");
        refuses(application, path, "Bearer " + StubDoor.UNDECIDED, 503, "cannot_verify");
      }
      door.close();
      refuses(application, "/machines", "Bearer " + StubDoor.GOOD, 503, "cannot_verify");
    }
  }

  private static void refuses(
      ConfigurableApplicationContext application,
      String path,
      String value,
      int status,
      String code)
      throws Exception {
    HttpResponse<String> answer = get(application, path, value);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
  }

  @Test
  void furtherLines_areObeyed() throws Exception {
    try (var application =
        run(url, product, "keyway.excluded-paths=/open", "keyway.fail-open-on-outage=true")) {
      assertThat(get(application, "/open", "").body()).isEqualTo("open to all");
      assertThat(get(application, "/machines", "").statusCode()).isEqualTo(401);
      door.close();
      assertThat(get(application, "/seen", "Bearer x").statusCode()).isEqualTo(400);
      assertThat(get(application, "/machines", "").statusCode()).isEqualTo(500);
    }
    try (var application = run("keyway.enabled=false")) {
      assertThat(get(application, "/open", "").body()).isEqualTo("open to all");
    }
  }

  /** Both filters have the highest precedence, and an application's own bean wins the tie. */
  static class BehindAProxy {
    @Bean
    FilterRegistrationBean<ForwardedHeaderFilter> forwardedHeaders() {
      var registration = new FilterRegistrationBean<>(new ForwardedHeaderFilter());
      registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
      return registration;
    }
  }

  @Test
  void filterBeforeIt_thatBelievesTheClient_changesNothingOfWhatIsAsked() throws Exception {
    try (var application =
        runWith(BehindAProxy.class, url, product, "keyway.excluded-paths=/open/*")) {
      HttpRequest request =
          to(application, "/machines?x=1")
              .header("X-Forwarded-Prefix", "/open")
              .header("X-Forwarded-For", "192.0.2.1")
              .build();
      assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
      StubServer.Seen asked = door.seen().get(0);
      assertThat(asked.first("X-Forwarded-Uri")).isEqualTo("/machines?x=1");
      assertThat(asked.first("X-Forwarded-For")).isEqualTo("192.0.2.1, 127.0.0.1");
    }
  }

  /** Leads what asks for an excluded path to one that is not. */
  static class Rewriting {
    @Bean
    FilterRegistrationBean<Filter> rewriting() {
      Filter filter =
          (request, response, chain) ->
              chain.doFilter(
                  new HttpServletRequestWrapper((HttpServletRequest) request) {
                    @Override
                    public String getRequestURI() {
                      return super.getRequestURI().replace("/open/x", "/machines");
                    }

                    @Override
                    public String getServletPath() {
                      return super.getServletPath().replace("/open/x", "/machines");
                    }
                  },
                  response);
      var registration = new FilterRegistrationBean<>(filter);
      registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
      return registration;
    }
  }

  @Test
  void filterBeforeIt_thatChangesThePath_leadsNowhere() throws Exception {
    try (var application =
        runWith(Rewriting.class, url, product, "keyway.excluded-paths=/open/*")) {
      String bearer = "Bearer " + StubDoor.GOOD;
      refuses(application, "/open/x", "", 400, "invalid_request");
      refuses(application, "/open/x", bearer, 400, "invalid_request");
      assertThat(door.seen()).isEmpty();
      assertThat(get(application, "/machines", bearer).body()).isEqualTo("machines of acc_1");
    }
  }

  static class FormsWithMethods {
    @Bean
    FilterRegistrationBean<HiddenHttpMethodFilter> hiddenMethods() {
      var registration = new FilterRegistrationBean<>(new HiddenHttpMethodFilter());
      registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
      return registration;
    }
  }

  @Test
  void filterBeforeIt_thatChangesTheMethod_doesNotReachTheApplication() throws Exception {
    try (var application = runWith(FormsWithMethods.class, url, product)) {
      HttpRequest request =
          to(application, "/method?_method=DELETE")
              .POST(BodyPublishers.noBody())
              .header("Authorization", "Bearer " + StubDoor.GOOD)
              .build();
      assertThat(HTTP.send(request, BodyHandlers.ofString()).body()).isEqualTo("by POST");
      assertThat(door.seen().get(0).first("X-Forwarded-Method")).isEqualTo("POST");
    }
  }

  @Test
  void methodsInForms_keepTheApplicationFromStarting() {
    assertThatThrownBy(() -> run(url, product, "spring.mvc.hiddenmethod.filter.enabled=true"))
        .hasRootCauseMessage(
            "spring.mvc.hiddenmethod.filter.enabled lets a POST become a DELETE behind it; take that line out");
  }

  @ParameterizedTest
  @CsvSource({
    "keyway.url=http://127.0.0.1:1,keyway.product is not set",
    "keyway.product=stub,keyway.url is not set",
    "'',keyway.url is not set"
  })
  void applicationWithoutBothLines_doesNotStart_andSaysWhatToSet(String line, String message) {
    assertThatThrownBy(() -> run(line))
        .satisfies(failure -> {
          var analysis = new KeywaySettingsFailureAnalyzer().analyze(failure);
          assertThat(Objects.requireNonNull(analysis).getDescription()).contains(message);
          assertThat(analysis.getAction()).contains("keyway.url", "keyway.product");
        });
  }

  @Test
  void everySetting_isDescribed_andNothingElse() throws IOException {
    try (InputStream file =
        StarterTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), UTF_8);
      List<String> described =
          Pattern.compile("\"keyway\\.([a-z-]+)\"")
              .matcher(text)
              .results()
              .map(found -> found.group(1))
              .toList();
      assertThat(described)
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(KeywayProperties.class.getRecordComponents())
                  .map(RecordComponent::getName)
                  .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                  .toList());
    }
  }

  private static ConfigurableApplicationContext run(String... lines) {
    return runWith(GuardedApplication.class, lines);
  }

  /** Beside the application, beans of its own. */
  private static ConfigurableApplicationContext runWith(Class<?> beans, String... lines) {
    List<String> arguments = new ArrayList<>(List.of("--server.port=0"));
    for (String line : lines) {
      if (!line.isEmpty()) {
        arguments.add("--" + line);
      }
    }
    Class<?>[] sources = {GuardedApplication.class, beans};
    return SpringApplication.run(sources, arguments.toArray(String[]::new));
  }

  private static HttpRequest.Builder to(ConfigurableApplicationContext application, String path) {
    String port = application.getEnvironment().getRequiredProperty("local.server.port");
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private static HttpResponse<String> get(
      ConfigurableApplicationContext application, String path, String authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = to(application, path);
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
