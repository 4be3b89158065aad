package dev.keyway.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.server.http.Endpoint.Access;
import dev.keyway.server.http.Endpoint.Method;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The listener's bounds, spoken to in raw bytes. */
final class ControlListenerTest {
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    released.countDown();
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void calls_beyondTheBound_areTurnedAwayAndHealthIsNot() throws Exception {
    ControlListener listener = listener(1, Duration.ofSeconds(5), Networks.LOOPBACK);
    Future<String> first = inBackground(() -> exchange(listener, get("/v1/slow")));
    entered.await();
    assertThat(exchange(listener, get("/v1/slow")))
        .startsWith("HTTP/1.1 503")
        .contains("Retry-After: 1", "\"code\":\"unavailable\"");
    assertThat(exchange(listener, get("/quick"))).startsWith("HTTP/1.1 200");
    released.countDown();
    assertThat(first.get()).startsWith("HTTP/1.1 200");
    assertThat(exchange(listener, get("/v1/slow"))).startsWith("HTTP/1.1 200");
  }

  @Test
  void drain_letsCallsUnderWayEnd() throws Exception {
    ControlListener listener = listener(10, Duration.ofSeconds(5), Networks.LOOPBACK);
    Future<String> call = inBackground(() -> exchange(listener, get("/v1/slow")));
    entered.await();
    Future<String> drained =
        inBackground(() -> {
          listener.drain(Duration.ofSeconds(10));
          return "drained";
        });
    released.countDown();
    assertThat(call.get()).startsWith("HTTP/1.1 200");
    assertThat(drained.get()).isEqualTo("drained");
  }

  @Test
  void drain_doesNotWaitForIdleConnections() throws Exception {
    ControlListener listener = listener(10, Duration.ofSeconds(5), Networks.LOOPBACK);
    try (var idle = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      String kept = get("/quick").replace("Connection: close\r\n", "");
      idle.getOutputStream().write(kept.getBytes(StandardCharsets.ISO_8859_1));
      assertThat(idle.getInputStream().read()).isEqualTo('H');
      long before = System.nanoTime();
      listener.drain(Duration.ofSeconds(20));
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void body_thatDoesNotArrive_isGivenUp() throws Exception {
    ControlListener listener = listener(10, Duration.ofMillis(100), Networks.LOOPBACK);
    assertThat(exchange(listener, post("Content-Length: 10\r\n") + "{"))
        .startsWith("HTTP/1.1 400")
        .contains("did not arrive in time");
  }

  @Test
  void body_whoseChunksAddUpToTooMuch_isRefused() throws Exception {
    ControlListener listener = listener(10, Duration.ofSeconds(5), Networks.LOOPBACK);
    String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
    assertThat(exchange(listener, post("Transfer-Encoding: chunked\r\n") + chunk.repeat(3)))
        .startsWith("HTTP/1.1 413")
        .contains("\"code\":\"too_large\"");
  }

  @Test
  void bodies_thatAreTooManyTogether_areTurnedAwayUntilSomeEnd() throws Exception {
    ControlListener listener = listener(10, Duration.ofSeconds(60), Networks.LOOPBACK);
    byte[] unfinished = (post("Content-Length: 65536\r\n") + "x".repeat(65_535)).getBytes(US_ASCII);
    String body = "{\"a\":\"" + "x".repeat(1_000) + "\"}";
    String complete = post("Content-Length: " + body.length() + "\r\n") + body;
    List<Socket> crowd = new ArrayList<>();
    try {
      // One more than an address has room for in its quarter of 16 MiB; the last is told so.
      for (int i = 0; i < 65; i++) {
        crowd.add(sent(listener, unfinished));
      }
      await(() -> {
        boolean isFull = exchange(listener, complete).startsWith("HTTP/1.1 503");
        if (!isFull) {
          // Two that met at the bound were both turned away, and have left room.
          crowd.add(sent(listener, unfinished));
        }
        return isFull;
      });
      assertThat(exchange(listener, complete))
          .startsWith("HTTP/1.1 503")
          .containsIgnoringCase("Retry-After: 1")
          .containsIgnoringCase("Connection: close")
          .contains("\"code\":\"unavailable\"");
      assertThat(exchange(listener, get("/quick"))).startsWith("HTTP/1.1 200");
      crowd.removeFirst().close();
      await(() -> exchange(listener, complete).startsWith("HTTP/1.1 200"));
    } finally {
      for (Socket socket : crowd) {
        socket.close();
      }
    }
  }

  private static Socket sent(ControlListener listener, byte[] bytes) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
    socket.getOutputStream().write(bytes);
    return socket;
  }

  @Test
  void bodies_ofCallsThatEndInEveryWay_leaveTheirRoomToOthers() throws Exception {
    ControlListener listener = listener(10, Duration.ofSeconds(5), Networks.LOOPBACK);
    String body = "{\"a\":\"" + "x".repeat(60_000) + "\"}";
    String length = "Content-Length: " + body.length() + "\r\n";
    String taken = post(length) + body;
    String failing = taken.replace("/v1/post", "/v1/failing");
    String coded = post("Content-Encoding: gzip\r\n" + length) + body;
    // Each of them alone would have taken all there is, were it to give nothing back.
    for (int i = 0; i < 300; i++) {
      assertThat(exchange(listener, taken)).startsWith("HTTP/1.1 200");
      assertThat(exchange(listener, failing)).startsWith("HTTP/1.1 500");
      assertThat(exchange(listener, coded)).startsWith("HTTP/1.1 415");
    }
  }

  @Test
  void body_announcedAsTooMuch_isRefusedUnread() throws Exception {
    ControlListener listener = listener(10, Duration.ofSeconds(5), Networks.LOOPBACK);
    assertThat(exchange(listener, post("Content-Length: 99999999999\r\n")))
        .startsWith("HTTP/1.1 413");
    assertThat(
            exchange(listener, get("/quick").replace("\r\n\r\n", "\r\nContent-Length: 1\r\n\r\n")))
        .startsWith("HTTP/1.1 413");
  }

  @Test
  void requestBehindALastAnswer_isNotHandled() throws Exception {
    ControlListener listener = listener(10, Duration.ofSeconds(5), Networks.LOOPBACK);
    String refused = "GET /quick HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx";
    for (int i = 0; i < 20; i++) {
      String answers = exchange(listener, refused + get("/v1/slow"));
      assertThat(answers).startsWith("HTTP/1.1 413").containsOnlyOnce("HTTP/1.1");
      assertThat(exchange(listener, get("/quick"))).startsWith("HTTP/1.1 200");
    }
    assertThat(entered.getCount()).isEqualTo(1);
  }

  @Test
  void drain_requestThatWaitsBehindAnother_isLeftToBeSentElsewhere() throws Exception {
    ControlListener listener = listener(10, Duration.ofSeconds(5), Networks.LOOPBACK);
    String kept = get("/v1/slow").replace("Connection: close\r\n", "");
    Future<String> calls = inBackground(() -> exchange(listener, kept + kept));
    entered.await();
    Future<String> drained =
        inBackground(() -> {
          listener.drain(Duration.ofSeconds(20));
          return "drained";
        });
    awaitRefusal(listener.port());
    released.countDown();
    assertThat(calls.get()).containsIgnoringCase("Connection: close").containsOnlyOnce("HTTP/1.1");
    assertThat(drained.get(8, TimeUnit.SECONDS)).isEqualTo("drained");
  }

  /** Waits until nobody can connect any more: by then each connection has been told to end. */
  private static void awaitRefusal(int port) throws InterruptedException {
    var pause = new CountDownLatch(1);
    for (int i = 0; i < 500; i++) {
      try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(pause.await(10, TimeUnit.MILLISECONDS)).isFalse();
      } catch (IOException e) {
        return;
      }
    }
    throw new AssertionError("the listener still takes connections");
  }

  @Test
  void client_thatWaitsForTheGoAhead_getsIt() throws Exception {
    ControlListener listener = listener(10, Duration.ofSeconds(5), Networks.LOOPBACK);
    assertThat(exchange(listener, post("Expect: 100-continue\r\nContent-Length: 2\r\n") + "{}"))
        .startsWith("HTTP/1.1 100")
        .contains("HTTP/1.1 200");
  }

  @Test
  void oldClient_thatSaysItWaitsForTheGoAhead_isNotBelieved() throws Exception {
    ControlListener listener = listener(10, Duration.ofSeconds(5), Networks.LOOPBACK);
    String expecting = post("Expect: 100-continue\r\nContent-Length: 2\r\n") + "{}";
    assertThat(exchange(listener, expecting.replace("HTTP/1.1", "HTTP/1.0")))
        .startsWith("HTTP/1.0 200");
  }

  @Test
  void request_thatIsNone_isAnsweredAsAProblem() throws Exception {
    ControlListener listener = listener(10, Duration.ofSeconds(5), Networks.LOOPBACK);
    assertThat(exchange(listener, "GET /quick HTTP/1.1\r\nHost: a\r\nbad header\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
    String headers = "X-Filler: " + "x".repeat(20_000) + "\r\n";
    assertThat(exchange(listener, "GET /quick HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n"))
        .startsWith("HTTP/1.1 413")
        .contains("\"code\":\"too_large\"");
  }

  @Test
  void handlerThatFails_is500AndTellsNothing() throws Exception {
    ControlListener listener = listener(10, Duration.ofSeconds(5), Networks.LOOPBACK);
    assertThat(exchange(listener, get("/v1/broken")))
        .startsWith("HTTP/1.1 500")
        .contains("\"code\":\"internal\"")
        .doesNotContain("secret of the house");
  }

  @Test
  void internalPath_doesNotExistForOtherPeers() throws Exception {
    ControlListener inside = listener(10, Duration.ofSeconds(5), Networks.LOOPBACK);
    assertThat(exchange(inside, get("/internal"))).startsWith("HTTP/1.1 200");
    var elsewhere = new Networks(List.of("10.0.0.0/8"));
    ControlListener outside = listener(10, Duration.ofSeconds(5), elsewhere);
    String forged = get("/internal").replace("\r\n\r\n", "\r\nX-Forwarded-For: 10.0.0.1\r\n\r\n");
    assertThat(exchange(outside, forged))
        .startsWith("HTTP/1.1 404")
        .contains("\"code\":\"not_found\"");
    assertThat(exchange(outside, forged.replace("GET", "PUT"))).startsWith("HTTP/1.1 404");
    assertThat(exchange(inside, forged.replace("GET", "PUT"))).startsWith("HTTP/1.1 405");
  }

  @Test
  void handlerThatRunsOutOfStack_isAnsweredToo() throws Exception {
    ControlListener listener = listener(1, Duration.ofSeconds(5), Networks.LOOPBACK);
    assertThat(exchange(listener, get("/v1/endless"))).startsWith("HTTP/1.1 500");
    assertThat(exchange(listener, get("/v1/endless"))).startsWith("HTTP/1.1 500");
  }

  @Test
  void body_ofAnotherEncoding_isRefused() throws Exception {
    ControlListener listener = listener(10, Duration.ofSeconds(5), Networks.LOOPBACK);
    for (String wrong : List.of("{\"a\":\"\u00ff\"}", "{\"a\":\"\u00c0\u0080\"}", "\0{\0}")) {
      String length = "Content-Length: " + wrong.length() + "\r\n";
      assertThat(exchange(listener, post(length) + wrong)).startsWith("HTTP/1.1 400");
    }
    for (String charset : List.of("utf-16", "iso-8859-1", "utf-8; charset=utf-16")) {
      String typed = post("Content-Length: 2\r\n").replace("/json", "/json; charset=" + charset);
      assertThat(exchange(listener, typed + "{}")).startsWith("HTTP/1.1 415");
    }
    assertThat(exchange(listener, post("Content-Encoding: gzip\r\nContent-Length: 2\r\n") + "{}"))
        .startsWith("HTTP/1.1 415");
    String utf8 = post("Content-Length: 2\r\n").replace("/json", "/json;Charset=\"UTF-8\"");
    assertThat(exchange(listener, utf8 + "{}")).startsWith("HTTP/1.1 200");
    String identity = "Content-Encoding: identity\r\nContent-Length: 2\r\n";
    assertThat(exchange(listener, post(identity) + "{}")).startsWith("HTTP/1.1 200");
  }

  @Test
  void headThatDrips_isNotWaitedFor() throws Exception {
    ControlListener listener = listener(patient(Duration.ofMillis(500), 10));
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      socket.getOutputStream().write("GET /quick HTTP/1.1\r\nX-A: ".getBytes(US_ASCII));
      var pause = new CountDownLatch(1);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 200; i++) {
                  socket.getOutputStream().write('a');
                  assertThat(pause.await(50, TimeUnit.MILLISECONDS)).isFalse();
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void connections_overTheBound_areCutOffAtOnce() throws Exception {
    ControlListener listener = listener(patient(Duration.ofSeconds(60), 1));
    try (var first = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      first.getOutputStream().write("GET /quick HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
      assertThat(first.getInputStream().read()).isEqualTo('H');

      try (var second = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
        second.setSoTimeout(20_000);
        assertThatThrownBy(() -> requireMore(second)).isInstanceOf(IOException.class);
      }
      assertThat(listener.connections().open()).isEqualTo(1);
      assertThat(listener.connections().refused()).isEqualTo(1);
    }
  }

  @Test
  void requestsWhoseAnswersNobodyReads_areNotReadOn() throws Exception {
    ControlListener listener = listener(patient(Duration.ofMillis(500), 10));
    byte[] requests = "GET /none HTTP/1.1\r\nHost: a\r\n\r\n".repeat(1_000).getBytes(US_ASCII);
    long taken = 0;
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      while (taken < 1L << 26) {
        socket.getOutputStream().write(requests);
        taken += requests.length;
      }
    } catch (IOException e) {
      // The listener has had enough.
    }
    assertThat(taken).isLessThan(32L << 20);
  }

  private static void requireMore(Socket socket) throws IOException {
    if (socket.getInputStream().read() < 0) {
      throw new IOException("the connection ended");
    }
  }

  private static ListenerConfig patient(Duration headPatience, int maxConnections) {
    return new ListenerConfig(
        "127.0.0.1",
        0,
        null,
        null,
        Networks.LOOPBACK,
        10,
        Duration.ofSeconds(5),
        headPatience,
        TrustedProxies.NONE,
        maxConnections,
        2);
  }

  private ControlListener listener(int maxConcurrent, Duration bodyPatience, Networks internal) {
    return listener(
        new ListenerConfig("127.0.0.1", 0, null, null, internal, maxConcurrent, bodyPatience));
  }

  private ControlListener listener(ListenerConfig config) {
    var listener = new ControlListener(config, (_, _) -> {});
    listener.start(
        new Routes(
            List.of(
                row(Method.GET, "/v1/slow", "slow", Access.PUBLIC, this::slow),
                row(Method.POST, "/v1/post", "post", Access.PUBLIC, _ -> Response.empty(200)),
                row(Method.POST, "/v1/failing", "failing", Access.PUBLIC, _ -> broken()),
                row(Method.GET, "/v1/broken", "broken", Access.PUBLIC, _ -> broken()),
                row(Method.GET, "/v1/endless", "endless", Access.PUBLIC, _ -> endless()),
                row(Method.GET, "/quick", "quick", Access.PUBLIC, _ -> Response.empty(200)),
                row(
                    Method.GET,
                    "/internal",
                    "inside",
                    Access.INTERNAL,
                    _ -> Response.empty(200)))));
    open.add(listener);
    return listener;
  }

  private static Endpoint row(
      Method method, String path, String operationId, Access access, Handler handler) {
    return Endpoint.of(method, path, operationId, access, Set.of(200), handler);
  }

  private Response slow(Request request) {
    entered.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return Response.empty(200);
  }

  private static Response broken() {
    throw new IllegalStateException("the secret of the house");
  }

  private static Response endless() {
    throw new StackOverflowError();
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  }

  private static String post(String headers) {
    return "POST /v1/post HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
        + "Content-Type: application/json\r\n"
        + headers
        + "\r\n";
  }

  /** Sends the bytes and reads until the server closes. */
  private static String exchange(ControlListener listener, String bytes) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }
  }

  private Future<String> inBackground(Callable<String> call) {
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    open.add(threads);
    return threads.submit(call);
  }
}
