package dev.keyway.cli;

import dev.keyway.cli.config.Profile;
import dev.keyway.cli.config.ProfilesFile;
import dev.keyway.cli.credential.Credentials;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code keyway config}: what the command line remembers. */
@Command(
    name = "config",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Show and change what the command line remembers: profiles, each a server and a key.",
      "",
      "An option goes before a variable, and a variable before what is remembered:",
      "  --profile   KEYWAY_PROFILE",
      "  --server    KEYWAY_SERVER",
      "              KEYWAY_API_KEY       a key, for machines",
      "              KEYWAY_CREDENTIALS   'file' leaves the keychain alone",
      "              SSL_CERT_FILE        certificates to trust (PEM)"
    })
final class ConfigCommand {
  private final Terminal terminal;

  ConfigCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(name = "path", description = "Print where the file is.")
  int path() {
    terminal.print(ProfileOptions.profiles(terminal).path().toString());
    return 0;
  }

  @Command(name = "list", description = "List the profiles; a star marks the one in use.")
  int list() {
    ProfilesFile file = ProfileOptions.profiles(terminal);
    Map<String, Profile> profiles = new TreeMap<>(file.profiles());
    if (profiles.isEmpty()) {
      terminal.say("There are no profiles; keyway login makes one");
      return 0;
    }
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("", "PROFILE", "SERVER", "PRODUCT", "KEY"));
    profiles.forEach((name, profile) ->
        rows.add(
            List.of(
                name.equals(file.current()) ? "*" : "",
                name,
                profile.server() == null ? "-" : profile.server().toString(),
                profile.product() == null ? "-" : profile.product(),
                profile.keyId() == null ? "-" : profile.keyId())));
    terminal.print(Columns.of(rows));
    return 0;
  }

  @Command(name = "use", description = "Choose the profile for commands that name none.")
  int use(@Parameters(paramLabel = "PROFILE") String name) {
    ProfilesFile file = ProfileOptions.profiles(terminal);
    known(file, name);
    file.use(name);
    file.save();
    return 0;
  }

  @Command(
      name = "set-server",
      description = {
        "Set the server of a profile, which is made if there is none.",
        "",
        "The key of another server is forgotten: it must not go to this one."
      })
  int setServer(
      @Parameters(paramLabel = "PROFILE") String name, @Parameters(paramLabel = "URL") String url) {
    if (!Profile.isName(name)) {
      throw new CliException(
          ExitCode.USAGE, "'" + name + "' can be no profile: letters, digits, - and _");
    }
    URI address = ServerAddress.parse(url);
    ProfilesFile file = ProfileOptions.profiles(terminal);
    Profile known = file.get(name);
    if (!address.equals(known.server())) {
      new Credentials(terminal).forget(name);
      known = known.withKey(null, null);
    }
    file.put(known.withServer(address));
    file.save();
    return 0;
  }

  @Command(name = "remove", description = "Forget a profile and its key.")
  int remove(@Parameters(paramLabel = "PROFILE") String name) {
    ProfilesFile file = ProfileOptions.profiles(terminal);
    known(file, name);
    new Credentials(terminal).forget(name);
    file.remove(name);
    file.save();
    return 0;
  }

  private static void known(ProfilesFile file, String name) {
    if (!file.profiles().containsKey(name)) {
      throw new CliException(
          ExitCode.NOT_FOUND, "there is no profile '" + name + "'; keyway config list shows them");
    }
  }
}
