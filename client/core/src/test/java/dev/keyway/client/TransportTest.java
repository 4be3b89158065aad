package dev.keyway.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.client.stub.StubDoor;
import dev.keyway.client.stub.StubServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class TransportTest {
  private static final CallLimits ONE_AT_ONCE =
      CallLimits.DEFAULT.withConcurrentCalls(1).withCircuit(1, Duration.ofSeconds(5));

  @Test
  void callThatTheHttpClientDoesNotTake_isNoOutage_andFreesItsSlotAndTheProbe() {
    AtomicLong nanos = new AtomicLong();
    try (StubServer server = StubServer.start((seen, connection) -> connection.close())) {
      Transport transport = new Transport(ONE_AT_ONCE, null, nanos::get);
      URI url = URI.create(server.url() + "/authz/stub");
      HttpRequest get = HttpRequest.newBuilder(url).build();
      HttpRequest refused = new RefusedRequest();
      assertThat(reason(transport, refused)).isEqualTo(UnavailableReason.NOT_BEGUN);
      assertThat(UnavailableReason.NOT_BEGUN.isOutage()).isFalse();
      assertThat(reason(transport, get)).isEqualTo(UnavailableReason.UNREACHABLE);
      assertThat(transport.isOpen()).isTrue();
      nanos.addAndGet(Duration.ofSeconds(5).toNanos());
      server.script(new StubDoor());
      assertThat(reason(transport, refused)).isEqualTo(UnavailableReason.NOT_BEGUN);
      assertThat(transport.call(get).join()).isInstanceOf(Reply.Answer.class);
      assertThat(transport.isOpen()).isFalse();
    }
  }

  private static UnavailableReason reason(Transport transport, HttpRequest request) {
    return ((Reply.None) transport.call(request).join()).reason();
  }

  /** For which the HTTP client throws at once, where it fails the future for others. */
  private static final class RefusedRequest extends HttpRequest {
    @Override
    public URI uri() {
      throw new IllegalStateException("no thread left");
    }

    @Override
    public String method() {
      return "GET";
    }

    @Override
    public HttpHeaders headers() {
      return HttpHeaders.of(Map.of(), (name, value) -> true);
    }

    @Override
    public Optional<BodyPublisher> bodyPublisher() {
      return Optional.empty();
    }

    @Override
    public Optional<Duration> timeout() {
      return Optional.empty();
    }

    @Override
    public Optional<HttpClient.Version> version() {
      return Optional.empty();
    }

    @Override
    public boolean expectContinue() {
      return false;
    }
  }
}
