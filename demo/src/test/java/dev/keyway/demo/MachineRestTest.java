package dev.keyway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MECHA-7: an account's automations manage its machines. */
final class MachineRestTest {

  private static final SampleUpstreams samples =
      SampleUpstreams.start(new SampleResources(), List.of());

  @AfterAll
  static void stop() {
    samples.close();
  }

  private static HttpResponse<String> call(
      String method, String path, String account, String body) {
    return Http.send(
        method,
        samples.machines(),
        "/v1/machines" + path,
        body,
        "Keyway-Account-Id",
        account,
        "Content-Type",
        "application/json; charset=utf-8");
  }

  private static List<Map<String, @Nullable Object>> list(String account) {
    return Http.objects(Http.json(call("GET", "", account, "")), "data");
  }

  private static String created(String account, String name) {
    HttpResponse<String> answer = call("POST", "", account, "{\"name\":\"" + name + "\"}");
    assertThat(answer.statusCode()).isEqualTo(201);
    return String.valueOf(Http.json(answer).get("id"));
  }

  @Test
  void list_newAccount_startsWithTwo() {
    assertThat(list("acc_new"))
        .extracting(it -> it.get("name"))
        .containsExactly("web-1", "build-1");
  }

  @Test
  void create_validOrder_isThereAndLocated() {
    HttpResponse<String> answer =
        call("POST", "", "acc_a", "{\"name\":\"db-1\",\"size\":\"large\",\"region\":\"us-east\"}");
    assertThat(answer.statusCode()).isEqualTo(201);
    Map<String, @Nullable Object> machine = Http.json(answer);
    assertThat(machine)
        .containsEntry("name", "db-1")
        .containsEntry("size", "large")
        .containsEntry("region", "us-east")
        .containsEntry("status", "running")
        .containsKey("created_at");
    URI location = URI.create(answer.headers().firstValue("Location").orElseThrow());
    assertThat(URI.create("http://gateway/mecha/v1/machines").resolve(location))
        .hasPath("/mecha/v1/machines/" + machine.get("id"));
    assertThat(Http.json(call("GET", "/" + machine.get("id"), "acc_a", ""))).isEqualTo(machine);
  }

  @Test
  void create_takenName_isAConflict() {
    created("acc_b", "db-1");
    HttpResponse<String> answer = call("POST", "", "acc_b", "{\"name\":\"db-1\"}");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(Http.errorCode(answer)).isEqualTo("name_taken");
    assertThat(created("acc_c", "db-1")).startsWith("mach_");
  }

  @Test
  void create_oneTooMany_isAConflict() {
    for (int i = list("acc_full").size(); i < 100; i++) {
      created("acc_full", "m-" + i);
    }
    HttpResponse<String> answer = call("POST", "", "acc_full", "{\"name\":\"last\"}");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(Http.errorCode(answer)).isEqualTo("machine_limit_reached");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|name",
        "{\"name\":7}|name",
        "{\"name\":\"1st\"}|name",
        "{\"name\":\"ends-\"}|name",
        "{\"name\":\"a\",\"size\":\"huge\"}|small, medium, large",
        "{\"name\":\"a\",\"region\":\"mars\"}|eu-central, eu-north, us-east",
        "{\"name\":\"a\",\"colour\":\"red\"}|colour"
      })
  void create_invalidOrder_saysWhatIsWrong(String body, String said) {
    HttpResponse<String> answer = call("POST", "", "acc_d", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Http.errorCode(answer)).isEqualTo("invalid_machine");
    assertThat(String.valueOf(Http.object(Http.json(answer), "error").get("message")))
        .contains(said);
  }

  @Test
  void create_bodyThatIsNoJson_isRefused() {
    assertThat(call("POST", "", "acc_d", "name=a").statusCode()).isEqualTo(400);
    HttpResponse<String> form =
        Http.send(
            "POST", samples.machines(), "/v1/machines", "name=a", "Keyway-Account-Id", "acc_d");
    assertThat(form.statusCode()).isEqualTo(415);
  }

  @Test
  void create_bodyTooLarge_isRefused() {
    String body = "{\"name\":\"" + "a".repeat(1 << 20) + "\"}";
    assertThat(call("POST", "", "acc_d", body).statusCode()).isEqualTo(413);
  }

  @Test
  void delete_ownMachine_isGone() {
    String id = created("acc_e", "short-lived");
    HttpResponse<String> answer = call("DELETE", "/" + id, "acc_e", "");
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(call("GET", "/" + id, "acc_e", "").statusCode()).isEqualTo(404);
    assertThat(call("DELETE", "/" + id, "acc_e", "").statusCode()).isEqualTo(404);
  }

  @Test
  void foreignMachine_isNeitherSeenNorDeleted() {
    String id = created("acc_f", "private");
    assertThat(call("GET", "/" + id, "acc_g", "").statusCode()).isEqualTo(404);
    assertThat(call("DELETE", "/" + id, "acc_g", "").statusCode()).isEqualTo(404);
    assertThat(list("acc_g")).extracting(it -> it.get("id")).doesNotContain(id);
    assertThat(call("GET", "/" + id, "acc_f", "").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"PUT,'','GET, HEAD, POST'", "PATCH,/mach_1,'DELETE, GET, HEAD'"})
  void otherMethods_areRefusedWithAllow(String method, String path, String allow) {
    HttpResponse<String> answer = call(method, path, "acc_a", "");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue(allow);
  }

  @Test
  void list_withoutAccount_isRefused() {
    HttpResponse<String> answer = Http.send("GET", samples.machines(), "/v1/machines", "");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(Http.errorCode(answer)).isEqualTo("identity_required");
  }
}
