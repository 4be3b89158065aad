package dev.keyway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keyway whoami}: which key calls which server. */
@Command(name = "whoami", description = "Show the key that commands use, and its server.")
final class WhoamiCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private ProfileOptions profileOptions = new ProfileOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  WhoamiCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (LoggedIn loggedIn = profileOptions.logIn(terminal)) {
      JsonNode me = loggedIn.me();
      if (output.isJson()) {
        OutputOptions.print(terminal, me);
      } else {
        terminal.print(Whoami.line(me) + " at " + loggedIn.address());
      }
      return 0;
    }
  }
}
