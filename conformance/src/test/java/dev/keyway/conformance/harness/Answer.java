package dev.keyway.conformance.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One HTTP answer as the client saw it: status, header fields and the whole body.
 *
 * @param call what was asked, for messages; never holds a credential
 * @param status the status code
 * @param headers the header fields, names in lower case, values in the order received
 * @param body the body as text
 */
public record Answer(String call, int status, Map<String, List<String>> headers, String body) {

  /** Lower-cases the header names, so that a look-up needs no care. */
  public Answer {
    Map<String, List<String>> lower = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    lower.putAll(headers);
    headers = lower;
  }

  /** The body as JSON. */
  public JsonNode json() {
    return Json.read(body);
  }

  /** The text at the dotted path of the body, such as {@code key.id}. */
  public String text(String path) {
    JsonNode node = at(path);
    assertThat(node.isValueNode() && !node.isNull())
        .as("%s: a value at %s in %s", call, path, body)
        .isTrue();
    return node.asText();
  }

  /** The node at the dotted path of the body; a missing node where there is none. */
  public JsonNode at(String path) {
    return json().at("/" + path.replace('.', '/'));
  }

  /** The {@code data} of a list answer. */
  public List<JsonNode> data() {
    JsonNode data = at("data");
    assertThat(data.isArray()).as("%s: a list answer in %s", call, body).isTrue();
    return data.valueStream().toList();
  }

  /** The first value of a header field. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** Checks the status and hands the answer on. */
  public Answer expect(int expected) {
    assertThat(status).as("%s answered %s", call, body).isEqualTo(expected);
    return this;
  }

  /** Checks that the answer is a problem (RFC 9457) of this status and code. */
  public Answer problem(int expected, String code) {
    expect(expected);
    assertThat(header("content-type").orElse(""))
        .as("%s: media type", call)
        .startsWith("application/problem+json");
    assertThat(text("code")).as("%s: code in %s", call, body).isEqualTo(code);
    assertThat(at("status").asInt()).as("%s: status in the body", call).isEqualTo(expected);
    assertThat(text("type")).as("%s: problem type", call).isNotBlank();
    assertThat(text("title")).as("%s: title", call).isNotBlank();
    return this;
  }
}
