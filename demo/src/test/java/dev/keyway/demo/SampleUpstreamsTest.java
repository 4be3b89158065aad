package dev.keyway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SampleUpstreamsTest {

  @Test
  void start_givesEachSampleALoopbackAddressOfItsOwn() {
    try (SampleUpstreams samples = SampleUpstreams.start(new SampleResources(), List.of())) {
      List<URI> addresses =
          List.of(
              samples.transcriptions(),
              samples.transcriptionsMcp(),
              samples.machines(),
              samples.datapacks(),
              samples.memory(),
              samples.echo(),
              samples.modern());
      assertThat(addresses)
          .doesNotHaveDuplicates()
          .allMatch(it -> it.getHost().equals("127.0.0.1") && !it.getPath().endsWith("/"));
    }
  }

  @Test
  void close_cutsOpenStreamsAndFreesThePort() {
    SampleUpstreams samples = SampleUpstreams.start(new SampleResources(), List.of());
    URI echo = samples.echo();
    HttpResponse<Stream<String>> stream =
        Http.stream("GET", echo, "/sse?count=1000&interval_ms=60000", "");
    samples.close();
    // Either the stream ends or it breaks; what it must not do is stay.
    try (Stream<String> lines = stream.body()) {
      assertThat(lines.count()).isLessThanOrEqualTo(3);
    } catch (UncheckedIOException e) {
      assertThat(e).hasMessageContaining("closed");
    }
    assertThatThrownBy(() -> Http.send("GET", echo, "/", ""))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void manyOpenStreams_leaveRoomForOtherRequests() {
    try (SampleUpstreams samples = SampleUpstreams.start(new SampleResources(), List.of())) {
      List<HttpResponse<Stream<String>>> streams =
          Stream.generate(
                  () -> Http.stream("GET", samples.echo(), "/sse?count=9&interval_ms=60000", ""))
              .limit(300)
              .toList();
      assertThat(Http.send("GET", samples.echo(), "/", "").statusCode()).isEqualTo(200);
      streams.forEach(it -> it.body().close());
    }
  }
}
