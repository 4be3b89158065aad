package dev.keyway.conformance.garbage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Bench;
import dev.keyway.conformance.harness.KeyForm;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.RawConnection;
import dev.keyway.conformance.harness.ServedKeyway;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.WireMessage;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * 20,000 malformed requests, a third each to the management API, to the gateway, and as bytes that
 * are hardly HTTP to both. Each is answered, none by a failure inside, nothing is logged as an
 * error, and afterwards all is as before. {@code -Dkeyway.seed=N} repeats a run.
 */
@DisplayName("Garbage: 20,000 malformed requests and no failure inside")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MalformedCorpusTest {

  /** The whole corpus takes most of a minute; the ordinary suite sends the first quarter of it. */
  private static final int REQUESTS = Boolean.getBoolean("keyway.faults") ? 20_000 : 5_000;

  private static final int WORKERS = 4;
  private static final long SEED = Long.getLong("keyway.seed", 20_260_101L);

  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger passed = new AtomicInteger();
  private final Bench bench = Bench.shared();
  private final ServedKeyway keyway = bench.keyway();
  private List<Operation> operations;
  private Map<String, String> ids;
  private List<String> credentials;
  private List<String> keys;

  @BeforeAll
  void prepare() {
    bench.upstream().otherwise((_, wire) -> wire.respond(200, "text/x-upstream", "ok"));
    operations = OpenApi.of(keyway.anonymous()).operations();
    Tenants tenants = keyway.tenants();
    NewKey good = bench.key("echo");
    NewKey revoked = bench.key("many");
    tenants.revoke(revoked.id());
    ids = Targets.ofBench(tenants, keyway.operator());
    keys =
        List.of(
            good.secret(),
            bench.key("many").secret(),
            revoked.secret(),
            KeyForm.neverIssued("ech_"),
            KeyForm.withOtherSecret(good.secret()),
            "nonsense");
    credentials =
        List.of(
            "Authorization: Bearer " + keyway.operatorKey(),
            "Authorization: Bearer " + keyway.operatorKey(),
            "Authorization: Bearer " + good.secret(),
            "Authorization: Bearer kwo_nonsense",
            "");
  }

  @AfterAll
  void forget() {
    bench.upstream().otherwise((_, wire) -> wire.respond(404, "text/plain", "no script"));
  }

  @Test
  void malformedRequests_areRefused_andNothingElseHappens() throws Exception {
    System.out.println("seed of the malformed requests: " + SEED);
    List<Callable<Void>> work = new ArrayList<>();
    for (int worker = 0; worker < WORKERS; worker++) {
      long seed = SEED + worker;
      work.add(() -> send(seed));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(WORKERS)) {
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    }
    assertThat(refused.get() + passed.get()).isEqualTo(REQUESTS);
    assertThat(refused.get()).as("refused; seed %d", SEED).isGreaterThan(REQUESTS * 3 / 4);
    assertThat(keyway.output().lines().filter(line -> line.contains(" ERROR ")).toList())
        .as("errors in the log; seed %d", SEED)
        .isEmpty();
    NewKey key = bench.key("echo");
    keyway.door().getAs(key, "/echo/t/after").expect(200);
    assertThat(keyway.tenants().verifyCode(key.secret())).isEqualTo("valid");
    keyway.tenants().revoke(key.id());
    keyway.door().getAs(key, "/echo/t/after").problem(401, "invalid_key");
  }

  private Void send(long seed) {
    Junk junk = new Junk(seed);
    var calls = new MalformedCalls(junk, operations, ids, credentials);
    var requests = new MalformedRequests(junk, keys);
    try (Line control = new Line(keyway.control());
        Line gateway = new Line(keyway.gateway())) {
      for (int i = 0; i < REQUESTS / WORKERS; i++) {
        switch (i % 3) {
          case 0 -> ask(control, calls.next(), seed, i);
          case 1 -> ask(gateway, requests.next(), seed, i);
          default -> shout(junk, junk.oneIn(2) ? calls.next() : requests.next(), seed, i);
        }
      }
    }
    return null;
  }

  private void ask(Line line, Message message, long seed, int number) {
    String what = "%s, request %d of seed %d".formatted(message, number, seed);
    judge(guarded(what, () -> line.ask(message.bytes(line.host()))), message.method(), what);
  }

  /** Bytes that are hardly HTTP. They announce no body, so that nobody waits for one. */
  private void shout(Junk junk, Message message, long seed, int number) {
    URI address = junk.oneIn(2) ? keyway.control() : keyway.gateway();
    Message bare = message.by("GET").without("Content-Length");
    String text = new String(bare.bytes(address.getAuthority()), ISO_8859_1).stripTrailing();
    String bytes = junk.mutated(text).replace("HEAD", "GET") + "\r\n\r\n";
    String what = "bytes %s, request %d of seed %d".formatted(message, number, seed);
    WireMessage answer =
        guarded(
            what,
            () -> {
              try (RawConnection connection = RawConnection.to(address)) {
                return connection.write(bytes.getBytes(ISO_8859_1)).answer();
              }
            });
    judge(answer, "GET", what);
  }

  private static WireMessage guarded(String what, Supplier<WireMessage> call) {
    try {
      return call.get();
    } catch (UncheckedIOException | IllegalArgumentException e) {
      throw new AssertionError(what + " got no answer", e);
    }
  }

  private void judge(WireMessage answer, String method, String what) {
    int status = answer.status();
    if (status < 400) {
      assertPassed(answer, method, what);
      passed.incrementAndGet();
    } else if (status == 501) {
      // A version of HTTP that is neither 1.0 nor 1.1; Vert.x answers that below us.
      assertThat(answer.fields()).as(what).containsExactly("content-length: 0");
      refused.incrementAndGet();
    } else {
      Refused.problem(answer, what);
      refused.incrementAndGet();
    }
  }

  /**
   * What was changed may have been of no importance: then the operation or the upstream answers.
   */
  private static void assertPassed(WireMessage answer, String method, String what) {
    assertThat(answer.status()).as("%s: %s", what, answer.startLine()).isIn(200, 201, 204);
    assertThat(answer.header("Content-Type").orElse(""))
        .as(what)
        .matches("application/json|text/x-upstream|text/markdown.*|text/plain.*|");
    assertThat(answer.text()).as("%s by %s", what, method).doesNotContain("Exception");
  }
}
