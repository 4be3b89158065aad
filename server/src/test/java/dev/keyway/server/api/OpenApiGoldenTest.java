package dev.keyway.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.server.http.Endpoint;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The route table and the OpenAPI document say the same. */
final class OpenApiGoldenTest {

  @Test
  void document_listsExactlyTheRouteTable() {
    try (var api = new RunningApi()) {
      var table =
          api.routes.all().stream()
              .map(OpenApiGoldenTest::line)
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(new OpenApiDocument().operations()).isEqualTo(table).hasSizeGreaterThan(30);
    }
  }

  @Test
  void document_findsFaultsInAnswers() {
    var document = new OpenApiDocument();
    String live = "{\"live\":true}";
    assertThat(document.faults("GET", "/health/live", 200, "application/json", live)).isEmpty();
    assertThat(document.faults("GET", "/health/live", 200, "application/json", "{}")).isNotEmpty();
    String more = "{\"live\":true,\"more\":1}";
    assertThat(document.faults("GET", "/health/live", 200, "application/json", more)).isNotEmpty();
    assertThat(document.faults("GET", "/health/live", 418, "application/json", live)).isNotEmpty();
    assertThat(document.faults("GET", "/health/live", 200, "text/html", live)).isNotEmpty();
    String key = "{\"key\":{\"id\":\"key_short\"},\"secret\":null}";
    assertThat(document.faults("POST", "/v1/keys", 201, "application/json", key)).isNotEmpty();
  }

  private static String line(Endpoint endpoint) {
    return "%s %s %s %s"
        .formatted(
            endpoint.method(),
            endpoint.path(),
            endpoint.operationId(),
            new TreeSet<>(endpoint.statuses()));
  }
}
