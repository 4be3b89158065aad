package dev.keyway.app.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyway.app.assembly.KeywayProgram;
import dev.keyway.app.command.CommandTree;
import dev.keyway.app.command.DemoCommand;
import dev.keyway.app.command.ServeCommand;
import dev.keyway.app.command.Surroundings;
import dev.keyway.app.profile.ShippedProfiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * The program from its first start to its end and once more, in a temporary folder: all that a
 * start and a first request need, so that the Java machine can note it in its cache (JEP 514).
 */
final class Rehearsal {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int REQUESTS = 20;

  /** Settings of the sorts that there are. */
  private static final String CONFIGURATION =
      """
      control: {public-url: http://localhost:7700, trusted-proxies: [127.0.0.1/32]}
      gateway: {max-connections: 1000}
      upstreams: {memo: {transcriptions: "http://127.0.0.1:9"}}
      log: {level: info}
      """;

  private final Path folder;

  Rehearsal(Path folder) {
    this.folder = folder;
  }

  /** Makes everything, then starts on a store that exists and on an empty one. */
  void run() throws IOException {
    Path samples = folder.resolve("demo.json");
    during(
        samples,
        folder,
        () -> useKeys(operator(samples), read(samples), folder.resolve("home")),
        "demo");
    // At the address of before, so that demo.json still tells it.
    String port = String.valueOf(control(read(samples)).getPort());
    configure(folder);
    during(
        samples,
        folder,
        () -> operator(samples).get("/v1/keys?product=memo", 200),
        "serve",
        "--port",
        port);
    Path empty = Files.createDirectory(folder.resolve("empty"));
    configure(empty);
    during(samples, empty, () -> makeFirstKey(samples, empty), "serve", "--port", port);
  }

  private static void configure(Path data) throws IOException {
    Files.createDirectories(data.resolve("profiles"));
    Files.writeString(data.resolve("profiles/memo.yaml"), ShippedProfiles.text("memo"));
    Files.writeString(data.resolve("keyway.yaml"), CONFIGURATION);
  }

  private static void makeFirstKey(Path samples, Path data) {
    var operator = new LoopbackClient(control(read(samples)), operatorKey(data));
    String account =
        id(
            operator.post(
                "/v1/accounts",
                "{\"product\":\"memo\",\"email\":\"ana@example.com\",\"name\":\"Ana\"}",
                201));
    String workspace =
        id(
            operator.post(
                "/v1/workspaces",
                "{\"product\":\"memo\",\"name\":\"One\",\"plan\":\"pro\",\"owner\":\"%s\"}"
                    .formatted(account),
                201));
    JsonNode created = operator.post("/v1/keys", keyIn(account, workspace), 201);
    operator.post(
        "/v1/keys/verify", "{\"key\":\"%s\"}".formatted(created.path("secret").asText()), 200);
  }

  private static String keyIn(String account, String workspace) {
    return "{\"product\":\"memo\",\"account\":\"%s\",\"workspace\":\"%s\"}"
        .formatted(account, workspace);
  }

  private static String id(JsonNode created) {
    return created.path("id").asText();
  }

  private static String operatorKey(Path data) {
    try {
      return Files.readString(data.resolve("operator-key")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void useKeys(LoopbackClient operator, JsonNode demo, Path home) {
    JsonNode memo = demo.path("products").path("memo");
    JsonNode created =
        operator.post(
            "/v1/keys",
            keyIn(memo.at("/accounts/0/id").asText(), memo.at("/workspaces/0/id").asText()),
            201);
    var door =
        new LoopbackClient(
            URI.create(demo.path("gateway").asText()), created.path("secret").asText());
    for (int i = 0; i < REQUESTS; i++) {
      door.get("/memo/api/v1/developer/transcriptions", 200);
    }
    operator.get("/metrics", 200);
    // Whatever it says: without Node the program is built without it.
    var _ = operator.isAnswered("/");
    new KeyHolder(home, control(demo), created.path("secret").asText()).useEverything();
    operator.post("/v1/keys/" + created.at("/key/id").asText() + "/revoke", "{}", 200);
    door.get("/memo/api/v1/developer/transcriptions", 401);
  }

  /** Runs a command until the work is done, which begins once the control listener answers. */
  private static void during(Path samples, Path data, Runnable work, String... command)
      throws IOException {
    var program = new KeywayProgram();
    CompletableFuture<Integer> ended =
        CompletableFuture.supplyAsync(() -> execute(program, data, command));
    try {
      await(ended, () -> isListening(samples));
      work.run();
    } finally {
      program.stop();
      var _ = ended.join();
    }
    if (ended.join() != 0) {
      throw new IOException(command[0] + " failed");
    }
  }

  private static int execute(KeywayProgram program, Path data, String... command) {
    var silent = new PrintWriter(PrintWriter.nullWriter());
    var errors = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    var surroundings = new Surroundings(silent, errors, _ -> null);
    var arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--data", data.toString(), "--gateway-port", "0"));
    if (!arguments.contains("--port")) {
      arguments.addAll(List.of("--port", "0"));
    }
    return CommandTree.of(
            surroundings,
            List.of(),
            new ServeCommand(surroundings, program),
            new DemoCommand(surroundings, program))
        .execute(arguments.toArray(String[]::new));
  }

  private static boolean isListening(Path samples) {
    return Files.exists(samples)
        && new LoopbackClient(control(read(samples)), "none").isAnswered("/health");
  }

  private static void await(CompletableFuture<?> ended, BooleanSupplier condition)
      throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (hasEnded(ended) || System.nanoTime() > deadline) {
        throw new IOException("the program did not start");
      }
    }
  }

  /** Whether it ends within the next moment. */
  private static boolean hasEnded(CompletableFuture<?> ended) {
    try {
      var _ = ended.get(20, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } catch (ExecutionException e) {
      return true;
    }
  }

  private static URI control(JsonNode demo) {
    return URI.create(demo.path("control").asText());
  }

  private static LoopbackClient operator(Path samples) {
    JsonNode demo = read(samples);
    return new LoopbackClient(control(demo), demo.path("operator_key").asText());
  }

  private static JsonNode read(Path file) {
    try {
      return new ObjectMapper().readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
