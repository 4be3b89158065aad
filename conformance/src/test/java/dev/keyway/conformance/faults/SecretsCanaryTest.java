package dev.keyway.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.CommandRun;
import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.Products;
import dev.keyway.conformance.harness.Program;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Uses everything, waits, and searches everything that is left for the secrets: files, journal,
 * logs at their most talkative, metrics, trail, answers, a backup, and the live heap.
 */
@DisplayName("Secrets canary")
final class SecretsCanaryTest {
  private static final String OPERATOR_PREFIX = "kwo_";

  /** What the contract allows to be forgotten a little later, such as closed connections. */
  private static final Duration SETTLING = Duration.ofSeconds(5);

  @TempDir Path folder;
  private final Canary canary = new Canary();

  @Test
  @DisplayName(
      "ALL-1, LAKE-7 served: no file, log, metric, audit row, answer or live object holds a secret")
  void served_everythingUsed_noSecretIsLeft() throws Exception {
    try (McpUpstream upstream = McpUpstream.start();
        ServedKeyway keyway = serve(upstream.address())) {
      Api operator = keyway.operator();
      exercise(operator, keyway.door());
      Api.anonymous(keyway.control());
      String metrics = keyway.anonymous().get("/metrics").expect(200).body();
      settle();
      search(keyway.data(), keyway.program(), metrics, Set.of("operator-key"));
      searchBackup(keyway.data());
      canary.clean("the upstream's requests", upstream.received());
    }
    canary.clean(folder.resolve("data/keyway.db"));
    canary.assertNothingFound();
  }

  @Test
  @DisplayName("ALL-1, LAKE-7 demo with sessions: nothing but demo.json and its curl line has one")
  void demo_everythingUsed_noSecretIsLeft() throws Exception {
    Path data = Files.createDirectory(folder.resolve("demo"));
    try (Program demo =
        Program.start(
            data, talkative(), "demo", "--data", ".", "--port", "0", "--gateway-port", "0")) {
      demo.await("a printed curl line", () -> demo.output().contains("curl "));
      JsonNode json = Json.read(Files.readString(data.resolve("demo.json")));
      URI control = URI.create(json.at("/control").asText());
      demo.awaitControl(control);
      Api operator = Api.anonymous(control).bearer(json.at("/operator_key").asText());
      signInAndOut(control, json.at("/products/memo/accounts/0"));
      exercise(operator, new Door(URI.create(json.at("/gateway").asText())));
      String metrics = Api.anonymous(control).get("/metrics").expect(200).body();
      settle();
      search(data, demo, metrics, Set.of("demo.json"));
    }
    canary.clean(data.resolve("keyway.db"));
    canary.assertNothingFound();
  }

  private void exercise(Api operator, Door door) {
    var features = new EveryFeature(canary, operator, door);
    for (Products product : Products.values()) {
      features.use(product);
    }
    operatorKeys(operator);
    canary.clean(operator.get("/v1/audit?limit=100").expect(200));
    canary.clean(operator.get("/v1/operator-keys").expect(200));
    String password = canary.secret("a wrong password", "wrong-password-for-" + System.nanoTime());
    var wrong = Json.of("product", "memo", "email", "no@one.example", "password", password);
    canary.clean(Api.anonymous(operator.control()).post("/v1/sessions", wrong).expect(401));
    canary.clean(
        Api.anonymous(operator.control())
            .post("/v1/sessions", Json.of("email", password, "password", List.of(password)))
            .expect(400));
  }

  private void operatorKeys(Api operator) {
    Answer made =
        operator
            .post("/v1/operator-keys", Json.of("name", "canary", "rights", List.of("read")))
            .expect(201);
    String secret = canary.wrongKey(made.text("secret"), OPERATOR_PREFIX);
    Api limited = Api.anonymous(operator.control()).bearer(secret);
    canary.clean(limited.get("/v1/keys?product=memo").expect(200));
    canary.clean(limited.post("/v1/operator-keys", Json.of("name", secret)));
    canary.clean(operator.post("/v1/keys/verify", Json.of("key", secret)));
    canary.clean(limited.get("/v1/keys?q=" + secret));
    canary.clean(
        operator.post("/v1/operator-keys/" + idOf(made) + "/revoke", Json.of("reason", "done")));
    canary.clean(limited.get("/v1/keys?product=memo").expect(401));
    Api wrong =
        Api.anonymous(operator.control())
            .bearer(canary.wrongKey(Unissued.key(OPERATOR_PREFIX), OPERATOR_PREFIX));
    canary.clean(wrong.get("/v1/me").expect(401));
  }

  private static String idOf(Answer operatorKey) {
    JsonNode id = operatorKey.json().findValue("id");
    assertThat(id).isNotNull();
    return id.asText();
  }

  private void signInAndOut(URI control, JsonNode account) {
    String email = account.at("/email").asText();
    String password = canary.secret("a password", account.at("/password").asText());
    Api anonymous = Api.anonymous(control);
    Answer signedIn =
        anonymous
            .post("/v1/sessions", Json.of("product", "memo", "email", email, "password", password))
            .expect(201);
    String cookie = Api.cookieOf(signedIn);
    canary.secret("a session's token", cookie.substring(cookie.indexOf('=') + 1));
    Api person = anonymous.with("Cookie", cookie).with("X-CSRF-Token", signedIn.text("csrf_token"));
    canary.clean(person.get("/v1/me").expect(200));
    canary.clean(person.get("/v1/keys?product=memo"));
    canary.clean(person.with("X-CSRF-Token", "wrong").post("/v1/keys").expect(403));
    canary.clean(person.delete("/v1/sessions/current"));
    canary.clean(person.get("/v1/me").expect(401));
  }

  private static void settle() throws InterruptedException {
    Door.hangUp();
    // Nothing tells from outside when a program has forgotten: this wait is what is promised.
    Thread.sleep(SETTLING);
  }

  private void search(Path data, Program program, String metrics, Set<String> meantToHoldOne)
      throws IOException {
    canary.clean("/metrics", metrics);
    assertThat(program.output()).as("the talkative log").contains("DEBUG");
    try (Stream<Path> files = Files.walk(data)) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> !meantToHoldOne.contains(file.getFileName().toString()))
          .forEach(canary::clean);
    }
    assertThat(data.resolve("keyway.db-wal")).exists();
    var memory = new ProcessMemory(program.pid());
    Path dump = folder.resolve("heap.hprof");
    memory.dumpLiveObjects(dump);
    canary.clean(dump);
    canary.assertFinds(dump);
    canary.assertFinds(data.resolve("keyway.db-wal"));
    searchOutsideTheHeap(memory);
  }

  /** Made beside the running server, and holding what the journal holds. */
  private void searchBackup(Path data) {
    Path backup = folder.resolve("backup.db");
    CommandRun run =
        CommandRun.of(Map.of(), "backup", backup.toString(), "--data", data.toString());
    assertThat(run.status()).as(run.err()).isZero();
    canary.clean("what `keyway backup` prints", run.out() + run.err());
    canary.clean(backup);
    canary.assertFinds(backup);
  }

  /** Only for secrets that nobody sent: what came in lies in buffers that are read into again. */
  private void searchOutsideTheHeap(ProcessMemory memory) throws IOException {
    var present = new Needles();
    present.add("a header's name", "content-length");
    Assumptions.assumeFalse(
        memory.outsideTheHeap(present).isEmpty(), "the system does not let us read its memory");
    canary.note("memory outside the heap", memory.outsideTheHeap(canary.unused()));
  }

  private ServedKeyway serve(URI upstream) throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    Path profiles = Files.createDirectory(data.resolve("profiles"));
    for (Products product : Products.values()) {
      String file = product.slug() + ".yaml";
      Files.copy(Program.root().resolve("profiles").resolve(file), profiles.resolve(file));
    }
    String upstreams =
        """
        upstreams:
          memo: {transcriptions: "%1$s", mcp: "%1$s"}
          meko: {mcp: "%1$s"}
          memorylake: {mcp: "%1$s"}
          mecha: {machines: "%1$s"}
        """
            .formatted(upstream);
    return ServedKeyway.start(data, upstreams, talkative());
  }

  /** Lets the program log all it has to say. */
  private Map<String, String> talkative() throws IOException {
    Path settings =
        Files.writeString(folder.resolve("logback.xml"), Resource.text("faults/logback.xml"));
    return Map.of("JAVA_TOOL_OPTIONS", "-Dlogback.configurationFile=" + settings);
  }
}
