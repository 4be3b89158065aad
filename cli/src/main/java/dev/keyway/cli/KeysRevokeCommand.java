package dev.keyway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keyway keys revoke}: ends a key; once it has returned, no node accepts it (ALL-5). */
@Command(
    name = "revoke",
    description = {
      "Revoke a key, for good.",
      "",
      "Once the command has returned, the key is accepted nowhere and what it had open is closed."
    })
final class KeysRevokeCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private ProfileOptions profileOptions = new ProfileOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "ID", converter = KeyArgument.Converter.class, description = "Its id.")
  private KeyArgument key = new KeyArgument("");

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit log.")
  private @Nullable String reason;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean isSure;

  KeysRevokeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (LoggedIn loggedIn = profileOptions.logIn(terminal)) {
      String path = "/v1/keys/" + key.id();
      if (!isSure) {
        Consent.ask(
            terminal, "Revoke " + KeyText.line(loggedIn.server().get(path, Map.of())) + "?");
      }
      ObjectNode body = JsonNodeFactory.instance.objectNode().put("reason", reason);
      JsonNode revoked = loggedIn.server().post(path + "/revoke", body);
      if (!revoked.path("revocation").path("seq").isNumber()) {
        throw new CliException(ExitCode.UNAVAILABLE, "no Keyway answers at " + loggedIn.address());
      }
      if (output.isJson()) {
        OutputOptions.print(terminal, revoked);
      } else {
        JsonNode nodes = revoked.path("revocation").path("nodes");
        output.say(
            terminal,
            "Revoked %s; %s of %s nodes have confirmed that they do not accept it"
                .formatted(
                    key.id(), nodes.path("confirmed").asText(), nodes.path("total").asText()));
      }
      return 0;
    }
  }
}
