package dev.keyway.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Draining lets what is under way end, and ends what would not. */
class DrainTest {

  @Test
  void drain_openRequest_isAnsweredAndNoNewOneTaken() throws Exception {
    try (var gateway = new TestGateway();
        var client = gateway.client()) {
      var goOn = new CountDownLatch(1);
      gateway.upstream.script(conversation -> {
        assertThat(goOn.await(5, TimeUnit.SECONDS)).isTrue();
        TestUpstream.OK.play(conversation);
      });
      client.send("GET /memo/all HTTP/1.1", "Host: x", gateway.memoKey().bearer());
      gateway.upstream.next();
      Thread drain = Thread.ofVirtual().start(() -> gateway.listener.drain(Duration.ofSeconds(10)));
      goOn.countDown();

      assertThat(client.read().body()).isEqualTo("ok");
      assertThat(drain.join(Duration.ofSeconds(8))).isTrue();
      // The operating system lets go of the port a moment after it was told to.
      awaitRefusal(gateway);
    }
  }

  @Test
  void drain_requestThatWaitsBehindAnother_isLeftToBeSentElsewhere() throws Exception {
    try (var gateway = new TestGateway();
        var client = gateway.client()) {
      var goOn = new CountDownLatch(1);
      gateway.upstream.script(conversation -> {
        assertThat(goOn.await(5, TimeUnit.SECONDS)).isTrue();
        TestUpstream.OK.play(conversation);
      });
      String request =
          "GET /memo/all HTTP/1.1\r\nHost: x\r\n" + gateway.memoKey().bearer() + "\r\n\r\n";
      client.write(request + request);
      gateway.upstream.next();
      Thread drain = Thread.ofVirtual().start(() -> gateway.listener.drain(Duration.ofSeconds(20)));
      awaitRefusal(gateway);
      goOn.countDown();

      assertThat(client.read().header("Connection")).isEqualTo("close");
      assertThat(client.isAtEnd()).isTrue();
      assertThat(drain.join(Duration.ofSeconds(8))).isTrue();
      assertThat(gateway.upstream.wasReached()).isFalse();
    }
  }

  /** Waits until nobody can connect any more: by then each connection has been told to end. */
  private static void awaitRefusal(TestGateway gateway) throws InterruptedException {
    var pause = new CountDownLatch(1);
    for (int i = 0; i < 500; i++) {
      try (var _ = gateway.client()) {
        assertThat(pause.await(10, TimeUnit.MILLISECONDS)).isFalse();
      } catch (IOException e) {
        return;
      }
    }
    throw new AssertionError("the gateway still takes connections");
  }

  @Test
  void drain_endlessStream_endsAfterPatience() throws Exception {
    try (var gateway = new TestGateway();
        var client = gateway.client()) {
      gateway.upstream.script(conversation -> {
        conversation.answer("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
        conversation.awaitClose();
      });
      client.send("GET /memo/all HTTP/1.1", "Host: x", gateway.memoKey().bearer());
      client.readHead();

      gateway.listener.drain(Duration.ofMillis(300));

      assertThat(client.isAtEnd()).isTrue();
      gateway.awaitNoExchanges();
    }
  }
}
