package dev.keyway.cli;

import dev.keyway.cli.config.Profile;
import dev.keyway.cli.config.ProfilesFile;
import dev.keyway.cli.credential.Credentials;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keyway logout}: forgets the key, which stays good elsewhere. */
@Command(
    name = "logout",
    description = {
      "Forget the key of a profile.",
      "",
      "The key itself stays valid: keyway keys revoke ends it for everybody."
    })
final class LogoutCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private ProfileOptions profileOptions = new ProfileOptions();

  LogoutCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String name = profileOptions.name(terminal);
    new Credentials(terminal).forget(name);
    ProfilesFile profiles = ProfileOptions.profiles(terminal);
    Profile known = profiles.profiles().get(name);
    if (known != null) {
      profiles.put(known.withKey(null, null));
      profiles.save();
    }
    terminal.say(
        known == null || known.keyId() == null
            ? "Profile '" + name + "' has no key any more"
            : "Forgot " + known.keyId() + ", which stays valid until it is revoked");
    return 0;
  }
}
