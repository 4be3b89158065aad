package dev.keyway.cli;

import dev.keyway.cli.config.Directories;
import dev.keyway.cli.config.Profile;
import dev.keyway.cli.config.ProfilesFile;
import dev.keyway.cli.credential.Credential;
import dev.keyway.cli.credential.Credentials;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server and key a command is for: an option, else a variable, else what is remembered. */
public final class ProfileOptions {
  private static final String PROFILE = "KEYWAY_PROFILE";
  private static final String SERVER = "KEYWAY_SERVER";

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "The profile to use (default: $KEYWAY_PROFILE, or the chosen one).")
  private @Nullable String profile;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "The server's address (default: $KEYWAY_SERVER, or the profile's).")
  private @Nullable String server;

  @Option(names = "--insecure-http", description = "Let the key cross a network without TLS.")
  private boolean allowsHttp;

  /** The profile with what the options and variables say. */
  public Profile profile(Terminal terminal) {
    Profile known = profiles(terminal).get(name(terminal));
    String address = server == null ? terminal.variable(SERVER) : server;
    Profile asked = address == null ? known : known.withServer(ServerAddress.parse(address));
    return asked.withHttp(asked.allowsHttp() || allowsHttp);
  }

  /** The profile's name. */
  public String name(Terminal terminal) {
    String asked = profile == null ? terminal.variable(PROFILE) : profile;
    String name = asked == null ? profiles(terminal).current() : asked;
    if (!Profile.isName(name)) {
      throw new CliException(
          ExitCode.USAGE, "'" + name + "' can be no profile: letters, digits, - and _");
    }
    return name;
  }

  /** What is remembered. */
  public static ProfilesFile profiles(Terminal terminal) {
    return ProfilesFile.in(Directories.config(terminal.environment()));
  }

  /**
   * The profile with its server and key.
   *
   * @throws CliException when one of them is not known
   */
  public LoggedIn logIn(Terminal terminal) {
    Profile asked = profile(terminal);
    URI address = asked.server();
    if (address == null) {
      throw new CliException(
          ExitCode.UNAUTHENTICATED,
          "no server is known for profile '%s': keyway login --server URL, or set %s"
              .formatted(asked.name(), SERVER));
    }
    ServerAddress.check(address, asked.allowsHttp());
    var credentials = new Credentials(terminal);
    requireMeant(address, credentials, terminal);
    Credential credential = credentials.require(asked.name(), address);
    return LoggedIn.to(address, asked, credential, terminal);
  }

  /**
   * A key from the variable goes to a server that was named, not to one that happens to be chosen.
   */
  private void requireMeant(URI address, Credentials credentials, Terminal terminal) {
    boolean isNamed =
        server != null
            || profile != null
            || terminal.variable(SERVER) != null
            || terminal.variable(PROFILE) != null;
    if (credentials.isGiven() && !isNamed) {
      throw new CliException(
          ExitCode.USAGE,
          "%s is set, and nothing says that its key is for %s: add --server or --profile, or set %s"
              .formatted(Credentials.VARIABLE, address, SERVER));
    }
  }
}
