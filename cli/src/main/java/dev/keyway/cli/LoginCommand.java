package dev.keyway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.cli.config.Profile;
import dev.keyway.cli.config.ProfilesFile;
import dev.keyway.cli.credential.Credential;
import dev.keyway.cli.credential.Credentials;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keyway login}: asks for a key, sees that the server accepts it, and keeps it. */
@Command(
    name = "login",
    description = {
      "Keep a key for the commands that need one.",
      "",
      "It asks for the key without showing it, or reads it from standard input:",
      "  keyway login --server https://keys.example.com",
      "  keyway login --key-id            (asks for Key ID and Key Secret)",
      "  keyway login < file              (the key, or its id and its secret on two lines)",
      "",
      "The key goes into the system's keychain, or into a file for your user alone."
    })
final class LoginCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private ProfileOptions profileOptions;
  @Mixin private OutputOptions output;

  @Option(
      names = "--key-id",
      description = "Ask for Key ID and Key Secret, as products like Mecha hand them out.")
  private boolean isInTwoParts;

  LoginCommand(Terminal terminal) {
    this.terminal = terminal;
    this.profileOptions = new ProfileOptions();
    this.output = new OutputOptions();
  }

  @Override
  public Integer call() {
    Profile profile = withServer(profileOptions.profile(terminal));
    URI address = Objects.requireNonNull(profile.server());
    ServerAddress.check(address, profile.allowsHttp());
    SecretInput.Given given = new SecretInput(terminal).ask(isInTwoParts);
    checkParts(given);
    JsonNode me = me(address, profile, given.credential());
    requireKnown(me, address);
    remember(profile, given.credential(), me);
    output.say(terminal, "Logged in to " + address + " as " + Whoami.line(me));
    if (terminal.variable(Credentials.VARIABLE) != null) {
      terminal.say("keyway: " + Credentials.VARIABLE + " is set and goes before this key");
    }
    return 0;
  }

  private Profile withServer(Profile profile) {
    if (profile.server() != null) {
      return profile;
    }
    Terminal.Person person = terminal.person();
    String typed =
        person == null ? null : person.line("Server (such as https://keys.example.com): ");
    if (typed == null || typed.isBlank()) {
      throw new CliException(ExitCode.USAGE, "no server is known: add --server URL");
    }
    return profile.withServer(ServerAddress.parse(typed));
  }

  /** A Key ID that belongs to another secret is a mistake that the server would never see. */
  private static void checkParts(SecretInput.Given given) {
    String id = given.id();
    if (id != null && !id.equals(Credential.idIn(given.credential().reveal()))) {
      throw new CliException(
          ExitCode.UNAUTHENTICATED, "this Key Secret does not belong to the Key ID " + shown(id));
    }
  }

  private static void requireKnown(JsonNode me, URI address) {
    if (!me.path("key").path("id").isTextual() && !me.path("operator_key").path("id").isTextual()) {
      throw new CliException(ExitCode.UNAVAILABLE, "no Keyway answers at " + address);
    }
  }

  /** Two fields are easily filled in the wrong order. */
  private static String shown(String id) {
    return Credential.isWithin(id) ? "that was typed, which is a whole key" : id;
  }

  private JsonNode me(URI address, Profile profile, Credential credential) {
    try (LoggedIn tried = LoggedIn.to(address, profile, credential, terminal)) {
      return tried.me();
    }
  }

  private void remember(Profile profile, Credential credential, JsonNode me) {
    ProfilesFile profiles = ProfileOptions.profiles(terminal);
    new Credentials(terminal)
        .keep(profile.name(), Objects.requireNonNull(profile.server()), credential);
    profiles.put(profile.withKey(text(me, "key", "id"), text(me, "key", "product")));
    if (profiles.profiles().size() == 1) {
      profiles.use(profile.name());
    }
    profiles.save();
  }

  private static @Nullable String text(JsonNode me, String object, String field) {
    JsonNode value = me.path(object).path(field);
    return value.isTextual() ? value.textValue() : null;
  }
}
