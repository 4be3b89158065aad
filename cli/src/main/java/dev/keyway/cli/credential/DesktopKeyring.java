package dev.keyway.cli.credential;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The desktop's keyring on Linux (Secret Service), by libsecret's {@code secret-tool}. */
final class DesktopKeyring implements CredentialStore {
  private static final String TOOL = "secret-tool";

  /** Whether there is a tool, and a session whose keyring it could ask. */
  static boolean isHere(Function<String, @Nullable String> environment) {
    String path = environment.apply("PATH");
    String bus = environment.apply("DBUS_SESSION_BUS_ADDRESS");
    if (path == null || bus == null || bus.isBlank() || !Tool.exists(TOOL, path)) {
      return false;
    }
    try {
      // Without a keyring behind the bus this fails; a search that finds nothing does not.
      return Tool.run(List.of(TOOL, "search", "service", "keyway"), "").status() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public @Nullable Kept read(String profile) throws IOException {
    Tool.Answer answer = Tool.run(command("lookup", profile), "");
    // It ends alike where there is none and where the keyring stays locked, but for what it says.
    if (answer.status() != 0 && !answer.err().isBlank()) {
      throw new IOException("the keyring does not answer: " + answer.err().strip());
    }
    return answer.status() == 0 ? Kept.parse(answer.out()) : null;
  }

  @Override
  public void write(String profile, Kept kept) throws IOException {
    var command =
        List.of(
            TOOL,
            "store",
            "--label",
            "Keyway: " + profile,
            "service",
            "keyway",
            "profile",
            profile);
    if (Tool.run(command, kept.text()).status() != 0) {
      throw new IOException("the keyring does not take the key");
    }
  }

  @Override
  public void remove(String profile) throws IOException {
    Tool.run(command("clear", profile), "");
    if (read(profile) != null) {
      throw new IOException("the keyring does not give the key up");
    }
  }

  private static List<String> command(String verb, String profile) {
    return List.of(TOOL, verb, "service", "keyway", "profile", profile);
  }

  @Override
  public String place() {
    return "the desktop's keyring";
  }
}
