package dev.keyway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keyway verify}: what the server thinks of a key, for operators. */
@Command(
    name = "verify",
    description = {
      "Ask whether a key is valid, with an operator key that may verify.",
      "",
      "The key is asked for, or read from standard input: keyway verify < key.txt",
      "The exit code is 0 for a valid key and 8 for another; standard output names the reason."
    })
final class VerifyCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private ProfileOptions profileOptions = new ProfileOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--product", description = "The product that it must be for.")
  private @Nullable String product;

  @Option(names = "--resource", paramLabel = "ID", description = "The resource that it must open.")
  private @Nullable String resource;

  @Option(
      names = "--count",
      description = "Let it count on the product's limits, as a request would.")
  private boolean isCounted;

  VerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (LoggedIn loggedIn = profileOptions.logIn(terminal)) {
      ObjectNode question = JsonNodeFactory.instance.objectNode();
      question.put("key", new SecretInput(terminal).ask(false).credential().reveal());
      question.put("product", product);
      question.put("resource", resource);
      question.put("count", isCounted);
      JsonNode answer = loggedIn.server().post("/v1/keys/verify", question);
      if (!answer.path("valid").isBoolean()) {
        throw new CliException(ExitCode.UNAVAILABLE, "no Keyway answers at " + loggedIn.address());
      }
      if (output.isJson()) {
        OutputOptions.print(terminal, answer);
      } else {
        terminal.print(answer.path("code").asText());
        if (answer.path("key").isObject()) {
          output.say(terminal, KeyText.line(answer.path("key")));
        }
      }
      return answer.path("valid").asBoolean() ? 0 : ExitCode.INVALID_KEY.number();
    }
  }
}
