package dev.keyway.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookAlikeTest {
  private static final String ROUTE = "/api/x:batch";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/x:batch", "/api/x:batch/", "/api/x:batch/1", "/API/x:batch", "/api/X:Batch/1",
        "/api/x%3Abatch", "/api/x%3abatch/1", "/api./x:batch", "/api%20/x:batch", "/api. ./x:batch",
        "/api/x:batch.", "/api/x:batch%20", "/api/x:batch.%20./1"
      })
  void path_thatSomeReadAsTheRoute_isAlike(String path) {
    assertThat(LookAlike.of(path, ROUTE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api",
        "/api/",
        "/api/x",
        "/api/x:batc",
        "/api/x:batches",
        "/api/x:batch.x",
        "/api/x:batch%20x",
        "/api/y:batch",
        "/api.x:batch",
        "/apix/x:batch",
        "/api/x:batch%",
        "/%"
      })
  void otherPath_isNot(String path) {
    assertThat(LookAlike.of(path, ROUTE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a", "/%2E", "/a/b"})
  void everyPath_isBelowTheRoot(String path) {
    assertThat(LookAlike.of(path, "/")).isTrue();
  }
}
