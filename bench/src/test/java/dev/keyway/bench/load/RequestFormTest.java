package dev.keyway.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestFormTest {
  private static final RequestForm POST =
      new RequestForm("POST", List.of("Authorization: Bearer op"), "{\"key\":\"@KEY@\"}");

  @Test
  void text_hasTheKeyInPlaceAndItsLength() {
    assertThat(POST.text(URI.create("http://127.0.0.1:7/v1"), "abc"))
        .isEqualTo(
            "POST /v1 HTTP/1.1\r\nHost: 127.0.0.1:7\r\nAuthorization: Bearer op\r\n"
                + "Content-Length: 13\r\n\r\n{\"key\":\"abc\"}");
  }

  @Test
  void write_isWhatTheScriptReads(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("form");

    RequestForm.bearer().with("X-Forwarded-Method", "GET").write(file);

    assertThat(Files.readAllLines(file))
        .containsExactly("GET", "Authorization: Bearer @KEY@", "X-Forwarded-Method: GET", "", "");
  }

  @Test
  void toString_showsNoHeader() {
    assertThat(POST.toString()).doesNotContain("op");
  }

  @Test
  void version_isTheNumberOfTheFirstLine() {
    assertThat(Versions.number("nginx version: nginx/1.22.1\n")).isEqualTo("1.22.1");
    assertThat(Versions.number("HAProxy version 2.6.12-1+deb12u2 2024/01/01\nx 9.9"))
        .isEqualTo("2.6.12-1+deb12u2");
    assertThat(Versions.number("wrk debian/4.1.0-3+b2 [epoll]")).isEqualTo("4.1.0-3+b2");
    assertThat(Versions.number("v20.20.2")).isEqualTo("20.20.2");
    assertThat(Versions.number("")).isEqualTo("unknown");
  }
}
