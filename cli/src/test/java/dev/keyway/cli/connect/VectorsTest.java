package dev.keyway.cli.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is shown for each client is what another implementation shows ({@code vectors.json}). */
final class VectorsTest {
  private static final ClientsFile CLIENTS = ClientsFile.shipped();

  private final JsonNode vectors = read();

  @TestFactory
  Stream<DynamicTest> ways() {
    return of("ways", "ways", (renderer, client, form) -> renderer.ways(client, form));
  }

  @TestFactory
  Stream<DynamicTest> variables() {
    return of("variables", "steps", (renderer, client, form) -> renderer.variable(client, form));
  }

  @TestFactory
  Stream<DynamicTest> verifications() {
    return of(
        "verify",
        "steps",
        (renderer, client, form) ->
            renderer.verify(client, form).stream().filter(step -> step.text() != null).toList());
  }

  private Stream<DynamicTest> of(String kind, String expected, Rendering rendering) {
    var tests = new ArrayList<DynamicTest>();
    for (JsonNode vector : vectors.path(kind)) {
      JsonNode client = CLIENTS.find(vector.path("client").asText()).orElseThrow();
      for (JsonNode os : vector.path("os")) {
        String name =
            client.path("key").asText() + " " + vector.path("form").asText("-") + " " + os.asText();
        tests.add(
            DynamicTest.dynamicTest(
                name + " " + vector.path("input").asText(),
                () -> {
                  var system = OperatingSystem.valueOf(os.asText().toUpperCase(Locale.ROOT));
                  var renderer =
                      new Renderer(CLIENTS, system, target(vector.path("input").asText()));
                  assertThat(bare(rendering.of(renderer, client, form(kind, client, vector))))
                      .isEqualTo(wanted(vector.path(expected)));
                }));
      }
    }
    assertThat(tests).isNotEmpty();
    return tests.stream();
  }

  private interface Rendering {
    List<Step> of(Renderer renderer, JsonNode client, JsonNode form);
  }

  private static JsonNode form(String kind, JsonNode client, JsonNode vector) {
    String name = kind.equals("variables") ? "env" : vector.path("form").asText("");
    for (JsonNode form : client.path("forms")) {
      if (name.isEmpty() || name.equals(form.path("form").asText())) {
        return form;
      }
    }
    throw new AssertionError(client.path("key") + " has no form " + name);
  }

  private Target target(String name) {
    JsonNode input = vectors.path("inputs").path(name);
    return new Target(
        input.path("name").asText(),
        input.path("title").asText(),
        input.path("url").asText(),
        input.path("variable").asText(),
        input.path("header").asText().equals("bearer"),
        input.path("query_parameter").asText(),
        input.path("route").asText(),
        input.path("key").isTextual() ? input.path("key").asText() : null,
        null);
  }

  private static List<List<String>> bare(List<Step> steps) {
    return steps.stream()
        .map(step -> List.of(String.valueOf(step.path()), String.valueOf(step.text())))
        .toList();
  }

  private static List<List<String>> wanted(JsonNode steps) {
    var wanted = new ArrayList<List<String>>();
    steps.forEach(step ->
        wanted.add(List.of(step.path("path").asText("null"), step.path("text").asText("null"))));
    return wanted;
  }

  private static JsonNode read() {
    try {
      return new ObjectMapper().readTree(Path.of("../connect/vectors.json").toFile());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
