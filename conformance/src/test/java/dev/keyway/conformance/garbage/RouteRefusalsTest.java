package dev.keyway.conformance.garbage;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.conformance.garbage.Operation.Callers;
import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.WireMessage;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every route of the management API, as the OpenAPI document names them, against every form in
 * which a call can be wrong. A route that is added is tested by that alone.
 */
@DisplayName("Garbage: every route refuses what it does not take")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RouteRefusalsTest {

  private static final int MAX_BODY = 64 * 1024;
  private static final String NOT_TEXT = "not_text";

  private final RunningKeyway keyway = RunningKeyway.shared();
  private final OpenApi document = OpenApi.of(keyway.anonymous());
  private final Line line = new Line(keyway.control());
  private final Map<String, String> ids = Targets.ids(keyway.tenants(), keyway.operator());
  private final List<String> person = signIn();

  @AfterAll
  void hangUp() {
    line.close();
  }

  Stream<Operation> all() {
    return document.operations().stream();
  }

  Stream<Operation> management() {
    return all().filter(Operation::isManagement);
  }

  Stream<Operation> withBody() {
    return all().filter(Operation::hasBody);
  }

  Stream<Operation> withoutBody() {
    return management().filter(one -> !one.hasBody());
  }

  Stream<Operation> lists() {
    return management().filter(one -> one.takes("limit"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void otherMethods_are405WithAllow(Operation operation) {
    Set<String> known = document.methods(operation.path());
    for (String method :
        List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "get")) {
      if (!known.contains(method)) {
        WireMessage answer = refuse(permitted(operation).by(method), 405, "method_not_allowed");
        var allowed = new TreeSet<>(List.of(answer.header("Allow").orElse("").split(", ")));
        assertThat(allowed).as("Allow of %s", operation.path()).isEqualTo(known);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("management")
  void parametersThatItDoesNotHave_areRefused(Operation operation) {
    Message call = right(operation);
    for (String query : List.of("nonsense=1", "nonsense", "limit[]=1", "Limit=1", "%6Eonsense=1")) {
      refuse(call.to(target(operation) + "?" + query), 400, "invalid_request");
    }
  }

  @ParameterizedTest
  @MethodSource("management")
  void queriesThatAreNotEncoded_areRefused(Operation operation) {
    String name = operation.parameters().isEmpty() ? "q" : nameOf(operation.parameters().getLast());
    for (String value :
        List.of("%", "%4", "%zz", "%C3%28", "%C0%AF", "%ED%A0%80", "%00", "%FF%FE", "\u00e9")) {
      refuse(
          right(operation).to(target(operation) + "?" + name + "=" + value),
          400,
          "invalid_request");
    }
  }

  @ParameterizedTest
  @MethodSource("management")
  void parametersGivenTwice_areRefused(Operation operation) {
    for (JsonNode parameter : operation.parameters()) {
      if (!parameter.at("/schema/type").asText().equals("array")) {
        String name = nameOf(parameter);
        String query = "?" + name + "=1&" + name + "=1";
        refuse(right(operation).to(target(operation) + query), 400, "invalid_request");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("lists")
  void limitsAndCursorsThatAreNone_areRefused(Operation operation) {
    for (String limit :
        List.of("0", "-1", "201", "1e2", "+5", "5.0", "0x5", "%EF%BC%95", "99999999999", "%205")) {
      refuse(right(operation).to(target(operation) + "?limit=" + limit), 400, "invalid_request");
    }
    for (String cursor :
        List.of("x", "!!", "%20", base64("x,y"), base64("12"), base64("9".repeat(30) + ",x"))) {
      refuse(right(operation).to(target(operation) + "?cursor=" + cursor), 400, "invalid_request");
    }
  }

  @ParameterizedTest
  @MethodSource("withBody")
  void bodiesOfAnotherMediaType_are415(Operation operation) {
    Message call = permitted(operation).carrying(example(operation));
    refuse(call, 415, "unsupported_media_type");
    for (String type :
        List.of(
            "text/plain",
            "text/json",
            "application/x-www-form-urlencoded",
            "application/json-patch+json",
            "application/problem+json",
            "application/json; charset=utf-16",
            "application/json; charset=iso-8859-1",
            "application/json, text/plain",
            "application/jsonx",
            "\"application/json\"",
            "")) {
      refuse(call.with("Content-Type: " + type), 415, "unsupported_media_type");
    }
    Message typed = call.with("Content-Type: application/json");
    for (String encoding : List.of("gzip", "deflate", "br", "identity, gzip", "x")) {
      refuse(typed.with("Content-Encoding: " + encoding), 415, "unsupported_media_type");
    }
    refuse(typed.with("Content-Type: application/json"), 415, "unsupported_media_type");
  }

  @ParameterizedTest
  @MethodSource("withBody")
  void bodiesThatAreNotUtf8_areRefused(Operation operation) {
    String text = operation.example().toString();
    for (Charset charset : List.of(UTF_16, UTF_16LE, Charset.forName("UTF-32"))) {
      refuse(permitted(operation).json(text.getBytes(charset)), 400, "invalid_request");
    }
    refuse(permitted(operation).json("\uFEFF" + text), 400, "invalid_request");
    // Alone, overlong for a slash, overlong for NUL, half a surrogate pair, beyond Unicode, cut
    // off.
    for (String bytes :
        List.of("ff", "c0af", "c080", "e08080", "eda080", "f4908080", "f8888080", "c3")) {
      refuse(
          permitted(operation).json(around(HexFormat.of().parseHex(bytes))),
          400,
          "invalid_request");
    }
  }

  @ParameterizedTest
  @MethodSource("withBody")
  void bodiesThatAreNoObject_areRefused(Operation operation) {
    String text = operation.example().toString();
    for (String body :
        List.of(
            " ",
            "null",
            "[]",
            "1",
            "true",
            "\"text\"",
            "{",
            "}",
            "[" + text + "]",
            text + text,
            text + ",",
            text + " x",
            "{'a':1}",
            "{\"a\":}",
            "{a:1}",
            "{\"a\":1,}",
            "/**/" + text,
            "{\"a\":NaN}",
            "{\"a\":1e}",
            "{\"a\":01}",
            "{\"a\":\"\t\"}",
            "{\"a\":\"\\x\"}",
            "[".repeat(20),
            "[".repeat(30_000),
            "{\"a\":".repeat(5_000),
            "<a/>")) {
      refuse(permitted(operation).json(body), 400, "invalid_request");
    }
  }

  @ParameterizedTest
  @MethodSource("withBody")
  void fieldsThatItDoesNotHave_orTwice_areRefused(Operation operation) {
    String members = operation.example().toString().replaceAll("^\\{|}$", "");
    String more = members.isEmpty() ? "" : "," + members;
    for (String field :
        List.of(
            "\"nonsense\":1",
            "\"\":1",
            "\"__proto__\":{}",
            "\"id\":\"x\"",
            "\"Product\":\"memo\"",
            "\"created_by\":\"acc_1\"",
            "\"user_id\":\"acc_1\"",
            "\"n\":" + "[".repeat(15) + "]".repeat(15),
            "\"n\":1e999",
            "\"n\":" + "9".repeat(2_000),
            "\"" + "n".repeat(60_000) + "\":1")) {
      refuse(permitted(operation).json("{" + field + more + "}"), 400, "invalid_request");
    }
    for (String name : propertiesOf(operation)) {
      String twice = "{\"" + name + "\":null,\"" + name + "\":null" + more + "}";
      refuse(permitted(operation).json(twice), 400, "invalid_request");
      String disguised =
          "{\""
              + name
              + "\":null,\"\\u00"
              + HexFormat.of().toHexDigits((byte) name.charAt(0))
              + name.substring(1)
              + "\":null}";
      refuse(permitted(operation).json(disguised), 400, "invalid_request");
    }
  }

  @ParameterizedTest
  @MethodSource("withBody")
  void valuesOfAnotherType_areRefused(Operation operation) {
    for (String name : propertiesOf(operation)) {
      JsonNode schema = document.property(operation, name);
      for (String value : wrongValues(schema)) {
        WireMessage answer = ask(permitted(operation).json(with(operation, name, value)));
        String what = operation + " with " + name + " = " + value;
        assertThat(answer.status()).as(what).isEqualTo(400);
        Refused.problem(answer, what);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("withBody")
  void bodiesThatAreTooLarge_are413_withAndWithoutLength(Operation operation) {
    String large = "{\"nonsense\":\"" + "x".repeat(MAX_BODY) + "\"}";
    refuse(permitted(operation).json(large), 413, "too_large");
    refuse(permitted(operation).chunked(large), 413, "too_large");
    for (String length : List.of("65537", "99999999999", "9223372036854775807")) {
      Message announced = permitted(operation).with("Content-Length: " + length);
      refuse(announced.with("Expect: 100-continue"), 413, "too_large");
      line.close();
    }
  }

  @ParameterizedTest
  @MethodSource("withoutBody")
  void bodyWhereNoneIsTaken_isRefused(Operation operation) {
    refuse(permitted(operation).json("{\"nonsense\":1}"), 413, "too_large");
    refuse(permitted(operation).chunked("{}"), 413, "too_large");
  }

  @ParameterizedTest
  @MethodSource("management")
  void callersThatAreNone_are401(Operation operation) {
    if (operation.callers() == Callers.ANYBODY) {
      return;
    }
    Message call = right(operation, Message.of(operation.method(), target(operation)));
    refuse(call, 401, "unauthenticated");
    String key = keyway.operatorKey();
    for (String value :
        List.of(
            "",
            "Bearer",
            "Bearer ",
            key,
            "Basic " + key,
            "Bearer  " + key,
            "Bearer\t" + key,
            "Bearer " + key + ",",
            "Bearer " + key + " x",
            "Bearer " + key + "x",
            "Bearer kwo_",
            "Bearer \u00e9",
            "Bearer " + "x".repeat(5_000))) {
      WireMessage answer = refuse(call.with("Authorization: " + value), 401, "unauthenticated");
      assertThat(answer.toString()).as("nothing of the credential").doesNotContain(key);
    }
    refuse(
        call.with("Authorization: Bearer " + key).with("Authorization: Bearer " + key),
        400,
        "invalid_request");
    refuse(
        call.with("Authorization: Bearer " + key).with("Cookie: keyway_session=x"),
        400,
        "invalid_request");
    for (String cookie : List.of("x", "%00", "\u00e9", "x".repeat(4_000))) {
      refuse(call.with("Cookie: keyway_session=" + cookie), 401, "unauthenticated");
    }
  }

  @ParameterizedTest
  @MethodSource("management")
  void pathsThatAreNot_areNotFound(Operation operation) {
    String path = target(operation);
    List<String> others =
        new ArrayList<>(
            List.of(
                path + "/",
                "/" + path,
                path + "/x",
                path.replace("/v1/", "/v1//"),
                path.replace("/v1/", "/%76%31/"),
                path.replace("/v1/", "/V1/"),
                path.replace("/v1/", "/v1/./"),
                path.replace("/v1/", "/x/../v1/"),
                path.replace("/v1/", "/v1%2F"),
                path.replace("/v1/", "/v1\\")));
    if (!operation.path().endsWith("}")) {
      // Else it would be another id.
      others.addAll(List.of(path + "%20", path + ";x", path + "%00", path + "%zz%", path + "."));
    }
    for (String other : others) {
      WireMessage answer = ask(permitted(operation).to(other));
      Refused.problem(answer, operation.method() + " " + other);
      assertThat(answer.status()).as(other).isIn(404, 405);
    }
  }

  /** Another type than the schema's, or a value that it does not list, or one that is too long. */
  private static List<String> wrongValues(JsonNode schema) {
    String type = schema.at("/type").toString();
    if (schema.has("enum")) {
      return List.of("1", "true", "{}", "[]", "\"nonsense\"", "\"\"");
    }
    if (type.contains("boolean")) {
      return List.of("0", "1", "\"true\"", "{}", "[]", "\"\"");
    }
    if (type.contains("integer")) {
      return List.of("1.5", "true", "{}", "[]", "\"1\"", "-1", "0", "1e99");
    }
    if (type.contains("array")) {
      return List.of("1", "true", "{}", "\"manage\"", "[1]", "[null]", "[[]]", "[\"nonsense\"]");
    }
    assertThat(type).as("a type that this test knows, of %s", schema).contains("string");
    Stream<String> wrong =
        Stream.of(
            "1",
            "1.5",
            "-0",
            "true",
            "{}",
            "[]",
            "[\"x\"]",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"");
    int longest = schema.path("maxLength").asInt(0);
    return longest == 0
        ? wrong.toList()
        : Stream.concat(wrong, Stream.of("\"" + "x".repeat(longest + 1) + "\"")).toList();
  }

  private static String with(Operation operation, String name, String value) {
    var example = operation.example().deepCopy();
    example.put(name, NOT_TEXT);
    return example.toString().replace("\"" + NOT_TEXT + "\"", value);
  }

  private List<String> propertiesOf(Operation operation) {
    return operation.schema().at("/properties").propertyStream().map(one -> one.getKey()).toList();
  }

  private WireMessage refuse(Message call, int status, String code) {
    WireMessage answer = ask(call);
    Refused.as(status, code, answer, call.toString());
    return answer;
  }

  private WireMessage ask(Message call) {
    return line.ask(call.bytes(line.host()));
  }

  /** A call by somebody who may make it. */
  private Message permitted(Operation operation) {
    Message call = Message.of(operation.method(), target(operation));
    return operation.callers() != Callers.KEYS
        ? call.with(person.getFirst()).with(person.getLast())
        : call.with("Authorization: Bearer " + keyway.operatorKey());
  }

  private String target(Operation operation) {
    return operation.target(ids);
  }

  private List<String> signIn() {
    JsonNode owner = keyway.product("memo").at("/accounts/0");
    Answer answer =
        keyway
            .anonymous()
            .post(
                "/v1/sessions",
                Json.of(
                    "product",
                    "memo",
                    "email",
                    owner.at("/email").asText(),
                    "password",
                    owner.at("/password").asText()))
            .expect(201);
    return List.of("Cookie: " + Api.cookieOf(answer), "X-CSRF-Token: " + answer.text("csrf_token"));
  }

  /** A call that is right but for its ids. */
  private Message right(Operation operation) {
    return right(operation, permitted(operation));
  }

  private static Message right(Operation operation, Message call) {
    return operation.hasBody() ? call.json(example(operation)) : call;
  }

  private static byte[] example(Operation operation) {
    return operation.example().toString().getBytes(UTF_8);
  }

  private static byte[] around(byte[] bytes) {
    byte[] body = "{\"name\":\"??????\"}".getBytes(UTF_8);
    System.arraycopy(bytes, 0, body, 9, bytes.length);
    return body;
  }

  private static String nameOf(JsonNode parameter) {
    return parameter.at("/name").asText();
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}
