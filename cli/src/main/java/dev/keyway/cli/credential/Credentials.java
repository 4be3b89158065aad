package dev.keyway.cli.credential;

import dev.keyway.cli.CliException;
import dev.keyway.cli.ExitCode;
import dev.keyway.cli.ServerAddress;
import dev.keyway.cli.Terminal;
import dev.keyway.cli.config.Directories;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The key to use: that of {@code KEYWAY_API_KEY}, else what login has kept, in the system's
 * keychain where there is one and in a file for its owner alone where there is none.
 */
public final class Credentials {
  /** The variable for machines, which have no keychain and nobody to ask. */
  public static final String VARIABLE = "KEYWAY_API_KEY";

  /** Set to {@code file}, it leaves the keychain alone. */
  private static final String CHOICE = "KEYWAY_CREDENTIALS";

  private final Terminal terminal;
  private final Path folder;

  public Credentials(Terminal terminal) {
    this.terminal = terminal;
    this.folder = Directories.config(terminal.environment());
  }

  /**
   * The key of a profile for a server.
   *
   * @throws CliException when there is none, or one of another server
   */
  public Credential require(String profile, URI server) {
    String given = terminal.variable(VARIABLE);
    if (given != null) {
      return new Credential(given);
    }
    Kept found = find(profile);
    if (found == null) {
      throw new CliException(
          ExitCode.UNAUTHENTICATED,
          "there is no key for profile '%s': keyway login, or set %s".formatted(profile, VARIABLE));
    }
    if (!ServerAddress.isSame(found.server(), server)) {
      throw new CliException(
          ExitCode.UNAUTHENTICATED,
          "the key of profile '%s' is for %s: keyway login --profile NAME --server %s"
              .formatted(profile, found.server(), server));
    }
    return found.credential();
  }

  /** Whether the key comes from the variable, which its user sets for a purpose. */
  public boolean isGiven() {
    return terminal.variable(VARIABLE) != null;
  }

  private @Nullable Kept find(String profile) {
    try {
      // A key that was kept before there was a keychain is still good.
      Kept kept = new OwnerFileCredentials(folder).read(profile);
      return kept == null && hasKeychain() ? keychain().read(profile) : kept;
    } catch (IOException e) {
      throw new CliException(ExitCode.UNAVAILABLE, "the key cannot be read: " + e.getMessage(), e);
    }
  }

  /** Keeps a key, and warns where that is a file. */
  public void keep(String profile, URI server, Credential credential) {
    var kept = new Kept(server, credential);
    try {
      var file = new OwnerFileCredentials(folder);
      if (!hasKeychain()) {
        file.write(profile, kept);
        terminal.say(
            "keyway: there is no keychain here: the key is kept unencrypted in "
                + file.place()
                + ", for your user alone");
        return;
      }
      keychain().write(profile, kept);
      file.remove(profile);
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILURE, "the key cannot be kept: " + e.getMessage(), e);
    }
  }

  /** Forgets the key of a profile wherever it is kept. */
  public void forget(String profile) {
    try {
      new OwnerFileCredentials(folder).remove(profile);
      if (hasKeychain()) {
        keychain().remove(profile);
      }
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILURE, "the key cannot be removed: " + e.getMessage(), e);
    }
  }

  private boolean hasKeychain() {
    return !"file".equals(terminal.variable(CHOICE))
        && (isMac() || DesktopKeyring.isHere(terminal.environment()));
  }

  private static CredentialStore keychain() {
    return isMac() ? new MacKeychain() : new DesktopKeyring();
  }

  private static boolean isMac() {
    return System.getProperty("os.name", "").startsWith("Mac");
  }
}
