package dev.keyway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
  @Timeout(20)
  void close_cutsOpenStreamsAndFreesThePort() {
    SampleUpstreams samples = SampleUpstreams.start(new SampleResources(), List.of());
    URI echo = samples.echo();
    HttpResponse<Stream<String>> stream =
        Http.stream("GET", echo, "/sse?count=1000&interval_ms=60000", "");
    samples.close();
    assertThat(linesUntilCut(stream)).isLessThanOrEqualTo(3);
    assertThatThrownBy(() -> Http.send("GET", echo, "/", ""))
        .isInstanceOf(UncheckedIOException.class);
  }

  /** A stream may be cut by its end or by a broken connection; how many lines came before. */
  private static int linesUntilCut(HttpResponse<Stream<String>> stream) {
    AtomicInteger lines = new AtomicInteger();
    try (Stream<String> body = stream.body()) {
      body.forEach(line -> lines.incrementAndGet());
    } catch (UncheckedIOException e) {
      return lines.get();
    }
    return lines.get();
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
