package dev.keyway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MEMO-6, MEMO-11: list, get, export and bulk of the caller's workspace, and nothing else. */
final class TranscriptionRestTest {

  private static final String ROOT = "/api/v1/developer/transcriptions";
  private static final SampleUpstreams samples = start();

  private static SampleUpstreams start() {
    return SampleUpstreams.start(new SampleResources(), List.of("ws_one"));
  }

  @AfterAll
  static void stop() {
    samples.close();
  }

  private static HttpResponse<String> call(
      String method, String path, String workspace, String body) {
    return Http.send(
        method,
        samples.transcriptions(),
        ROOT + path,
        body,
        "Keyway-Workspace-Id",
        workspace,
        "Content-Type",
        "application/json");
  }

  private static List<Map<String, @Nullable Object>> list(String workspace) {
    return Http.objects(Http.json(call("GET", "", workspace, "")), "data");
  }

  private static String firstId(String workspace) {
    return String.valueOf(list(workspace).getFirst().get("id"));
  }

  @Test
  void list_seededWorkspace_showsSummariesOfThatWorkspaceOnly() {
    assertThat(list("ws_one"))
        .hasSizeGreaterThanOrEqualTo(4)
        .allSatisfy(it -> {
          assertThat(it.keySet())
              .containsExactly(
                  "id", "title", "language", "duration_seconds", "created_at", "workspace");
          assertThat(it.get("workspace")).isEqualTo("ws_one");
          assertThat((Integer) it.get("duration_seconds")).isPositive();
        });
  }

  @Test
  void list_workspaceUnseenAtStart_isTheSameOnEveryServer() {
    List<Map<String, @Nullable Object>> first = list("ws_created_later");
    assertThat(first).isNotEmpty();
    try (SampleUpstreams others = start()) {
      HttpResponse<String> answer =
          Http.send(
              "GET", others.transcriptions(), ROOT, "", "Keyway-Workspace-Id", "ws_created_later");
      assertThat(Http.objects(Http.json(answer), "data")).isEqualTo(first);
    }
  }

  @Test
  void list_twoWorkspaces_shareNoId() {
    List<Object> one =
        list("ws_one").stream().<Object>map(it -> String.valueOf(it.get("id"))).toList();
    List<Object> two =
        list("ws_two").stream().<Object>map(it -> String.valueOf(it.get("id"))).toList();
    assertThat(one).doesNotContainAnyElementsOf(two).doesNotHaveDuplicates();
  }

  @Test
  void get_ownTranscription_hasItsSegments() {
    HttpResponse<String> answer = call("GET", "/" + firstId("ws_one"), "ws_one", "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(Http.objects(Http.json(answer), "segments"))
        .allSatisfy(
            it -> assertThat(it.keySet()).containsExactly("start_ms", "end_ms", "speaker", "text"));
  }

  @Test
  void get_foreignOrUnknownTranscription_answersAlike() {
    HttpResponse<String> foreign = call("GET", "/" + firstId("ws_two"), "ws_one", "");
    HttpResponse<String> unknown = call("GET", "/tr_0000000000000000", "ws_one", "");
    assertThat(foreign.statusCode()).isEqualTo(404);
    assertThat(Http.errorCode(foreign)).isEqualTo("not_found");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).isEqualTo(foreign.body());
  }

  @Test
  void export_withoutFormat_isPlainText() {
    String id = firstId("ws_one");
    HttpResponse<String> answer = call("GET", "/" + id + "/export", "ws_one", "");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"" + id + ".txt\"");
    assertThat(answer.body().lines()).allMatch(line -> line.matches(".+: .+"));
  }

  @Test
  void export_asSubtitles_hasNumberedCuesInOrder() {
    HttpResponse<String> answer =
        call("GET", "/" + firstId("ws_one") + "/export?format=srt", "ws_one", "");
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("application/x-subrip; charset=utf-8");
    assertThat(answer.body())
        .startsWith("1\n00:00:00,000 --> ")
        .containsPattern(
            Pattern.compile(
                "\n\n2\n\\d{2}:\\d{2}:\\d{2},\\d{3} --> \\d{2}:\\d{2}:\\d{2},\\d{3}\n"));
  }

  @Test
  void export_asJson_isTheDetail() {
    String id = firstId("ws_one");
    assertThat(call("GET", "/" + id + "/export?format=json", "ws_one", "").body())
        .isEqualTo(call("GET", "/" + id, "ws_one", "").body());
  }

  @Test
  void export_unknownFormat_isRefused() {
    HttpResponse<String> answer =
        call("GET", "/" + firstId("ws_one") + "/export?format=pdf", "ws_one", "");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("[txt, srt, json]");
  }

  @Test
  void export_foreignTranscription_isNotFound() {
    assertThat(call("GET", "/" + firstId("ws_two") + "/export", "ws_one", "").statusCode())
        .isEqualTo(404);
  }

  @Test
  void bulk_ownIds_answersInTheirOrder() {
    List<String> ids =
        list("ws_one").reversed().stream().map(it -> String.valueOf(it.get("id"))).toList();
    HttpResponse<String> answer =
        call("POST", "/bulk", "ws_one", "{\"ids\":[\"" + String.join("\",\"", ids) + "\"]}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Http.objects(Http.json(answer), "data").stream().map(it -> it.get("id")))
        .containsExactlyElementsOf(ids);
  }

  @Test
  void bulk_oneForeignId_isNotFound() {
    String body = "{\"ids\":[\"" + firstId("ws_one") + "\",\"" + firstId("ws_two") + "\"]}";
    assertThat(call("POST", "/bulk", "ws_one", body).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{}", "{\"ids\":[]}", "{\"ids\":[7]}", "{\"ids\":\"tr_1\"}", "[]", "nonsense"})
  void bulk_withoutUsableIds_isRefused(String body) {
    HttpResponse<String> answer = call("POST", "/bulk", "ws_one", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Http.errorCode(answer)).isEqualTo("invalid_request");
  }

  @ParameterizedTest
  @CsvSource({
    "POST,'','GET, HEAD'",
    "DELETE,/tr_1,'GET, HEAD'",
    "PUT,/tr_1,'GET, HEAD'",
    "PATCH,/tr_1,'GET, HEAD'",
    "POST,/tr_1/export,'GET, HEAD'",
    "GET,/bulk,POST"
  })
  void otherMethods_areRefusedWithAllow(String method, String path, String allow) {
    HttpResponse<String> answer = call(method, path, "ws_one", "");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue(allow);
    assertThat(Http.errorCode(answer)).isEqualTo("method_not_allowed");
  }

  @Test
  void head_answersAsGetWithoutTheBody() {
    HttpResponse<String> get = call("GET", "", "ws_one", "");
    HttpResponse<String> head = call("HEAD", "", "ws_one", "");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length"))
        .isEqualTo(get.headers().firstValue("Content-Length"));
  }

  @Test
  void list_withoutWorkspace_isRefused() {
    HttpResponse<String> answer =
        Http.send("GET", samples.transcriptions(), ROOT, "", "Keyway-Account-Id", "acc_1");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(Http.errorCode(answer)).isEqualTo("identity_required");
  }

  @Test
  void otherPath_isNotFound() {
    assertThat(call("GET", "/a/b/c", "ws_one", "").statusCode()).isEqualTo(404);
    assertThat(
            Http.send(
                    "GET",
                    samples.transcriptions(),
                    "/nowhere",
                    "",
                    "Keyway-Workspace-Id",
                    "ws_one")
                .statusCode())
        .isEqualTo(404);
  }
}
