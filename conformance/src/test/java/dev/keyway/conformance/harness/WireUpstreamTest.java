package dev.keyway.conformance.harness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The harness checks itself: what the socket upstream records and gives is what crossed the wire.
 */
final class WireUpstreamTest {

  @Test
  void request_isKeptAsReceived_andAnsweredAsScripted() {
    try (WireUpstream upstream = WireUpstream.start();
        RawConnection client = RawConnection.to(upstream.address())) {
      upstream.on("/a", (_, wire) -> wire.respond(201, "text/plain", "größe", "X-Own: 1"));
      byte[] body = "höhe".getBytes(UTF_8);
      client.write(
          ("POST /a?b=%20 HTTP/1.1\r\nx-TWICE: 1\r\nX-Twice: 2\r\nContent-Length: "
                  + body.length
                  + "\r\n\r\n")
              .getBytes(UTF_8));
      WireMessage answer = client.write(body).answer();
      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.text()).isEqualTo("größe");
      assertThat(answer.header("x-own")).contains("1");
      WireMessage seen = upstream.next("/a");
      assertThat(seen.target()).isEqualTo("/a?b=%20");
      assertThat(seen.headers("x-twice")).containsExactly("1", "2");
      assertThat(seen.fields()).startsWith("x-TWICE: 1");
      assertThat(seen.text()).isEqualTo("höhe");
    }
  }

  @Test
  void chunks_arriveOneByOne_andACutIsSeenOnBothSides() throws Exception {
    CompletableFuture<Boolean> cut = new CompletableFuture<>();
    try (WireUpstream upstream = WireUpstream.start()) {
      upstream.on(
          "/s",
          (_, wire) -> {
            wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            wire.chunk("one");
            wire.chunk("zwölf");
            cut.complete(wire.isCut());
          });
      try (RawConnection client = RawConnection.to(upstream.address())) {
        client.send("GET /s HTTP/1.1").head();
        assertThat(client.chunk()).isEqualTo("one".getBytes(UTF_8));
        assertThat(client.chunk()).isEqualTo("zwölf".getBytes(UTF_8));
      }
      assertThat(cut.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void openConnection_isNotCut() {
    try (WireUpstream upstream = WireUpstream.start()) {
      upstream.on("/s", (_, wire) -> wire.isCut());
      try (RawConnection client = RawConnection.to(upstream.address())) {
        assertThat(client.send("GET /s HTTP/1.1").isCut()).isFalse();
      }
    }
  }
}
