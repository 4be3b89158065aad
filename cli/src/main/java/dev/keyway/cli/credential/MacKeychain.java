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

  @Override
  public @Nullable Credential read(String profile) throws IOException {
    Tool.Answer answer =
        Tool.run(List.of(TOOL, "find-generic-password", "-s", "keyway", "-a", profile, "-w"), "");
    return answer.status() == 0 ? new Credential(answer.out().strip()) : null;
  }

  @Override
  public void write(String profile, Credential credential) throws IOException {
    // A key has letters, digits and underscores only, and a profile's name hardly more.
    String line =
        "add-generic-password -U -s keyway -a %s -w %s%n".formatted(profile, credential.reveal());
    Tool.run(List.of(TOOL, "-i"), line);
    Credential kept = read(profile);
    if (kept == null || !kept.reveal().equals(credential.reveal())) {
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
