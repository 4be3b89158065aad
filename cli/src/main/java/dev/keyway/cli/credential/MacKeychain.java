package dev.keyway.cli.credential;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The login keychain of macOS, by {@code security}. Its interactive form reads commands from
 * standard input, so that the key is on no command line.
 */
final class MacKeychain implements CredentialStore {
  private static final String TOOL = "/usr/bin/security";

  /** errSecItemNotFound, as an exit code. */
  private static final int NONE = 44;

  @Override
  public @Nullable Kept read(String profile) throws IOException {
    Tool.Answer answer =
        Tool.run(List.of(TOOL, "find-generic-password", "-s", "keyway", "-a", profile, "-w"), "");
    if (answer.status() != 0 && answer.status() != NONE) {
      throw new IOException("the keychain does not answer: " + answer.err().strip());
    }
    return answer.status() == 0 ? Kept.parse(answer.out()) : null;
  }

  @Override
  public void write(String profile, Kept written) throws IOException {
    // Neither an address nor a key has a quotation mark or a backslash.
    String line =
        "add-generic-password -U -s keyway -a %s -w \"%s\"%n".formatted(profile, written.text());
    Tool.run(List.of(TOOL, "-i"), line);
    Kept kept = read(profile);
    if (kept == null || !kept.text().equals(written.text())) {
      throw new IOException("the keychain does not take the key");
    }
  }

  @Override
  public void remove(String profile) throws IOException {
    Tool.run(List.of(TOOL, "delete-generic-password", "-s", "keyway", "-a", profile), "");
    if (read(profile) != null) {
      throw new IOException("the keychain does not give the key up");
    }
  }

  @Override
  public String place() {
    return "the login keychain";
  }
}
