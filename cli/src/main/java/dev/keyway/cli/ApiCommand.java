package dev.keyway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyway.cli.http.Answer;
import dev.keyway.cli.http.Server;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keyway api}: one request to the product behind the gateway, with the key. */
@Command(
    name = "api",
    description = {
      "Send a request to the key's product, and print what it answers.",
      "",
      "  keyway api GET /v1/machines",
      "  keyway api POST /v1/machines --field name=crawler-1",
      "  keyway api DELETE /v1/machines/m_1",
      "  keyway api --management GET /v1/keys"
    })
final class ApiCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private ProfileOptions profileOptions = new ProfileOptions();

  @Parameters(index = "0", paramLabel = "METHOD", description = "GET, POST, PUT, PATCH or DELETE.")
  private String method = "";

  @Parameters(
      index = "1",
      paramLabel = "PATH",
      description = "Begins with a slash; may have a query.")
  private String path = "";

  @Option(
      names = {"-d", "--data"},
      paramLabel = "BODY",
      description = "The body: text, @FILE, or @- for standard input.")
  private @Nullable String data;

  @Option(
      names = {"-f", "--field"},
      paramLabel = "NAME=TEXT",
      description = "A field of a JSON body.")
  private Map<String, String> fields = new LinkedHashMap<>();

  @Option(
      names = {"-H", "--header"},
      paramLabel = "NAME: VALUE",
      description = "A further header.")
  private List<String> headers = List.of();

  @Option(
      names = {"-i", "--include"},
      description = "Show status and headers, too.")
  private boolean isWhole;

  @Option(names = "--management", description = "Call Keyway's own API instead of the product.")
  private boolean isManagement;

  ApiCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (!path.startsWith("/")) {
      throw new CliException(
          ExitCode.USAGE, "the path begins with a slash; the server is that of the profile");
    }
    Map<String, String> given = headers();
    String body = body();
    try (LoggedIn loggedIn = profileOptions.logIn(terminal)) {
      URI base = isManagement ? loggedIn.address() : gateway(loggedIn);
      ServerAddress.check(base, loggedIn.profile().allowsHttp());
      Answer answer =
          loggedIn.server().send(base, method.toUpperCase(Locale.ROOT), path, body, given);
      print(answer);
      return answer.status() < 300 ? 0 : ExitCode.ofStatus(answer.status()).number();
    }
  }

  private static URI gateway(LoggedIn loggedIn) {
    JsonNode product = loggedIn.product();
    return URI.create(
        product.path("gateway_url").asText() + "/" + product.path("product").asText());
  }

  private Map<String, String> headers() {
    var read = new LinkedHashMap<String, String>();
    for (String header : headers) {
      int colon = header.indexOf(':');
      if (colon < 1) {
        throw new CliException(ExitCode.USAGE, "'" + header + "' is no header; NAME: VALUE");
      }
      read.put(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
    }
    return read;
  }

  private @Nullable String body() {
    if (data != null && !fields.isEmpty()) {
      throw new CliException(ExitCode.USAGE, "--data and --field are two ways to say one body");
    }
    if (!fields.isEmpty()) {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      fields.forEach(body::put);
      return body.toString();
    }
    return data == null || !data.startsWith("@") ? data : read(data.substring(1));
  }

  private String read(String file) {
    try {
      return file.equals("-")
          ? new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new CliException(ExitCode.USAGE, file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void print(Answer answer) {
    if (isWhole) {
      terminal.print("HTTP " + answer.status());
      answer
          .headers()
          .map()
          .forEach((name, values) -> values.forEach(value -> terminal.print(name + ": " + value)));
      terminal.print("");
    }
    if (answer.body().isEmpty()) {
      return;
    }
    JsonNode json = Server.read(answer.body());
    // A program reads the bytes as they came; a person reads lines.
    boolean isForPerson = terminal.person() != null && !json.isMissingNode();
    terminal.print(isForPerson ? OutputOptions.pretty(json) : answer.body());
  }
}
