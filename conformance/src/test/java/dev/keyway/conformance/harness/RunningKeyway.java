package dev.keyway.conformance.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Keyway under test, with the four products of the demo: one for all suites of a JVM. {@code
 * -Dkeyway.demo-json=FILE} names one that already runs, at any address; else {@code keyway demo} is
 * started on free ports.
 */
public final class RunningKeyway {

  private static final Pattern ENVOY = Pattern.compile("(?m)^envoy +(\\S+)");

  private static @Nullable RunningKeyway shared;
  private static @Nullable RunningKeyway onPostgres;
  private static String failure = "";

  private final JsonNode demo;
  private final @Nullable Program program;
  private final @Nullable Path data;

  private RunningKeyway(JsonNode demo, @Nullable Program program, @Nullable Path data) {
    this.demo = demo;
    this.program = program;
    this.data = data;
  }

  /**
   * The one all suites use.
   *
   * @throws AssertionError if it could not be started; it is tried once, and each suite hears why
   */
  public static synchronized RunningKeyway shared() {
    if (!failure.isEmpty()) {
      throw new AssertionError(failure);
    }
    try {
      shared = shared == null ? find() : shared;
      return shared;
    } catch (AssertionError e) {
      failure = String.valueOf(e.getMessage());
      throw e;
    }
  }

  /** One of its own over PostgreSQL, for all suites of a JVM that ask for it. */
  public static synchronized RunningKeyway onPostgres() {
    if (onPostgres == null) {
      Path data = temporaryFolder("keyway-demo");
      try {
        Files.writeString(data.resolve("keyway.yaml"), Postgres.start().setting());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      onPostgres = startDemo(data);
    }
    return onPostgres;
  }

  private static RunningKeyway find() {
    String file = System.getProperty("keyway.demo-json", "");
    return file.isEmpty()
        ? startDemo(temporaryFolder("keyway-demo"))
        : new RunningKeyway(read(Path.of(file)), null, null);
  }

  private static RunningKeyway startDemo(Path data) {
    Path file = data.resolve("demo.json");
    Program program =
        Program.start(
            data,
            Map.of(),
            "demo",
            "--data",
            data.toString(),
            "--port",
            "0",
            "--gateway-port",
            "0");
    program.await("demo.json", () -> isWhole(file));
    RunningKeyway keyway = new RunningKeyway(read(file), program, data);
    program.awaitControl(keyway.control());
    return keyway;
  }

  public static Path temporaryFolder(String name) {
    try {
      return Files.createTempDirectory(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** True once the file is written to its end. */
  private static boolean isWhole(Path file) {
    return Files.exists(file) && text(file).strip().endsWith("}");
  }

  private static JsonNode read(Path file) {
    return Json.read(text(file));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The control listener: management API, forward-auth, OpenAPI. */
  public URI control() {
    return URI.create(demo.at("/control").asText());
  }

  /** The gateway listener. */
  public URI gateway() {
    return URI.create(demo.at("/gateway").asText());
  }

  /** The management API, called with the operator key of {@code demo.json}. */
  public Api operator() {
    return anonymous().bearer(operatorKey());
  }

  /** The operator key of {@code demo.json}. */
  public String operatorKey() {
    return demo.at("/operator_key").asText();
  }

  /** The management API, called without a credential. */
  public Api anonymous() {
    return Api.anonymous(control());
  }

  /** The gateway. */
  public Door door() {
    return new Door(gateway());
  }

  /** Envoy's place before it: where its start says, or the usual address of one that ran before. */
  public EnvoyDoor envoy() {
    Matcher said = ENVOY.matcher(output());
    return new EnvoyDoor(said.find() ? said.group(1) : "127.0.0.1:7702");
  }

  /** What tests make their own accounts, workspaces and keys with. */
  public Tenants tenants() {
    return new Tenants(operator());
  }

  /** What {@code demo.json} says of a product: its accounts, workspaces and resources. */
  public JsonNode product(String name) {
    JsonNode product = demo.at("/products/" + name);
    if (product.isMissingNode()) {
      throw new AssertionError("demo.json names no product " + name);
    }
    return product;
  }

  /** Signs in one of the seeded people of a product. */
  public Api signIn(String product, JsonNode account) {
    return anonymous()
        .signIn(product, account.at("/email").asText(), account.at("/password").asText());
  }

  /** The program's data folder; empty for one that was running before. */
  public Optional<Path> data() {
    return Optional.ofNullable(data);
  }

  /** What the program printed so far; empty for one that was running before. */
  public String output() {
    return program == null ? "" : program.output();
  }
}
