package dev.keyway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyway.cli.config.OwnerFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keyway keys create}: the secret alone on standard output, or in a file. */
@Command(
    name = "create",
    description = {
      "Create a key and print it, once.",
      "",
      "Standard output holds the key and nothing else: keyway keys create ci > key.txt"
    })
final class KeysCreateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private ProfileOptions profileOptions = new ProfileOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "What it is called in lists.")
  private @Nullable String name;

  @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
  private @Nullable String description;

  @Option(
      names = "--expires-in",
      paramLabel = "SPAN",
      description = "7d, 30d, 90d, 180d, 365d or never, where the product leaves the choice.")
  private @Nullable String expiresIn;

  @Option(
      names = "--expires-at",
      paramLabel = "TIME",
      description = "When it ends, such as 2027-01-31T00:00:00Z.")
  private @Nullable String expiresAt;

  @Option(names = "--product", description = "The product (default: that of the key in use).")
  private @Nullable String product;

  @Option(names = "--account", paramLabel = "ID", description = "Whose key it is, for operators.")
  private @Nullable String account;

  @Option(names = "--workspace", paramLabel = "ID", description = "The workspace that it opens.")
  private @Nullable String workspace;

  @Option(names = "--resource", paramLabel = "ID", description = "The resource that it opens.")
  private @Nullable String resource;

  @Option(
      names = "--endpoint",
      description = "Print the endpoint's URL, which holds the key, instead of the key alone.")
  private boolean isEndpoint;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the key to a new file that only you can read.")
  private @Nullable Path file;

  KeysCreateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (LoggedIn loggedIn = profileOptions.logIn(terminal)) {
      ObjectNode wanted = wanted(product == null ? productOf(loggedIn) : product);
      // The file first: a key that has nowhere to go is not made.
      makeFile();
      JsonNode created = create(loggedIn, wanted);
      answer(created);
      return 0;
    }
  }

  private static String productOf(LoggedIn loggedIn) {
    return loggedIn.product().path("product").asText();
  }

  private ObjectNode wanted(String ofProduct) {
    ObjectNode wanted = JsonNodeFactory.instance.objectNode().put("product", ofProduct);
    wanted.put("name", name);
    wanted.put("description", description);
    wanted.put("expires_in", expiresIn);
    wanted.put("expires_at", expiresAt);
    wanted.put("account", account);
    wanted.put("workspace", workspace);
    wanted.put("resource", resource);
    return wanted;
  }

  private JsonNode create(LoggedIn loggedIn, ObjectNode wanted) {
    try {
      return loggedIn.server().postOnce("/v1/keys", wanted, UUID.randomUUID().toString());
    } catch (CliException e) {
      removeFile();
      if (e.exitCode() == ExitCode.UNAVAILABLE) {
        throw new CliException(
            e.exitCode(),
            e.getMessage() + "; if it was made all the same, keyway keys list shows it",
            e);
      }
      throw e;
    }
  }

  private void answer(JsonNode created) {
    String secret = created.path(isEndpoint ? "endpoint_url" : "secret").asText("");
    if (secret.isEmpty()) {
      throw new CliException(
          ExitCode.FAILURE,
          "%s was made, and the server has not said its %s"
              .formatted(
                  created.path("key").path("id").asText(), isEndpoint ? "endpoint" : "secret"));
    }
    JsonNode key = created.path("key");
    output.say(terminal, "Created " + KeyText.line(key) + "; it is shown this once");
    if (file != null) {
      fillFile(file, secret);
      output.say(terminal, "The key is in " + file);
    } else if (output.isJson()) {
      OutputOptions.print(terminal, created);
    } else {
      printOnce(created, secret);
    }
  }

  /** A pipe that is closed or full takes nothing, and nobody else has the secret. */
  private void printOnce(JsonNode created, String secret) {
    terminal.print(secret);
    if (terminal.out().checkError()) {
      throw new CliException(
          ExitCode.FAILURE,
          "the key could not be written and is lost: keyway keys revoke "
              + created.path("key").path("id").asText());
    }
  }

  private void makeFile() {
    if (file == null) {
      return;
    }
    try {
      OwnerFile.create(file);
    } catch (FileAlreadyExistsException e) {
      throw new CliException(ExitCode.USAGE, file + " exists already and is left as it is", e);
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILURE, file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private void removeFile() {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      terminal.say("keyway: " + file + " is left empty: " + e.getMessage());
    }
  }

  private void fillFile(Path made, String secret) {
    try {
      OwnerFile.fill(made, secret + "\n");
    } catch (IOException e) {
      // The secret is known nowhere else.
      terminal.print(secret);
      throw new CliException(
          ExitCode.FAILURE,
          made + " cannot be written, so the key is on standard output: " + e.getMessage(),
          e);
    }
  }
}
