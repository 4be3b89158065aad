package dev.keyway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code keyway keys get}: all that is known of one key. */
@Command(name = "get", description = "Show one key, never its secret.")
final class KeysGetCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private ProfileOptions profileOptions = new ProfileOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "ID", converter = KeyArgument.Converter.class, description = "Its id.")
  private KeyArgument key = new KeyArgument("");

  KeysGetCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (LoggedIn loggedIn = profileOptions.logIn(terminal)) {
      JsonNode found = loggedIn.server().get("/v1/keys/" + key.id(), Map.of());
      if (output.isJson()) {
        OutputOptions.print(terminal, found);
      } else {
        terminal.print(KeyText.details(found));
      }
      return 0;
    }
  }
}
