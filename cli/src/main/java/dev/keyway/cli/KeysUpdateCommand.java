package dev.keyway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keyway keys update}: another name, another description, an earlier end. */
@Command(name = "update", description = "Rename a key, describe it, or let it end earlier.")
final class KeysUpdateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private ProfileOptions profileOptions = new ProfileOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "ID", converter = KeyArgument.Converter.class, description = "Its id.")
  private KeyArgument key = new KeyArgument("");

  @Option(names = "--name", paramLabel = "NAME", description = "The new name.")
  private @Nullable String name;

  @Option(names = "--description", paramLabel = "TEXT", description = "The new description.")
  private @Nullable String description;

  @Option(
      names = "--expires-at",
      paramLabel = "TIME",
      description = "The new end, which can only be earlier, such as 2027-01-31T00:00:00Z.")
  private @Nullable String expiresAt;

  KeysUpdateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ObjectNode change = change();
    try (LoggedIn loggedIn = profileOptions.logIn(terminal)) {
      JsonNode changed = loggedIn.server().patch("/v1/keys/" + key.id(), change);
      JsonNode after = changed.path("key").isObject() ? changed.path("key") : changed;
      if (output.isJson()) {
        OutputOptions.print(terminal, changed);
      } else {
        output.say(terminal, "Changed " + KeyText.line(after));
      }
      return 0;
    }
  }

  private ObjectNode change() {
    ObjectNode change = JsonNodeFactory.instance.objectNode();
    put(change, "name", name);
    put(change, "description", description);
    put(change, "expires_at", expiresAt);
    if (change.isEmpty()) {
      throw new CliException(
          ExitCode.USAGE, "nothing is to be changed: add --name, --description or --expires-at");
    }
    return change;
  }

  private static void put(ObjectNode change, String field, @Nullable String value) {
    if (value != null) {
      change.put(field, value);
    }
  }
}
