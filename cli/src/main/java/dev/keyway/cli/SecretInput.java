package dev.keyway.cli;

import dev.keyway.cli.credential.Credential;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a key without showing it: from whoever sits there, or from standard input. Never from an
 * argument, which every process of the machine can read.
 */
final class SecretInput {
  private static final int MOST_BYTES = 4096;

  private final Terminal terminal;

  SecretInput(Terminal terminal) {
    this.terminal = terminal;
  }

  /** What was given: a secret, and the id that came with it where there was one. */
  record Given(@Nullable String id, Credential credential) {}

  /** Asks for a key, or for its id and its secret, as the product's people know them. */
  Given ask(boolean isInTwoParts) {
    Terminal.Person person = terminal.person();
    if (person == null) {
      return fromInput();
    }
    String id = isInTwoParts ? person.line("Key ID: ") : null;
    String secret = person.secret(isInTwoParts ? "Key Secret: " : "API key: ");
    if (secret == null || secret.isBlank()) {
      throw new CliException(ExitCode.USAGE, "no key was given");
    }
    return new Given(blankToNull(id), new Credential(secret.strip()));
  }

  /** One line with the key, or the id and the secret on two lines or with a colon between them. */
  private Given fromInput() {
    List<String> lines = read().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (lines.size() == 2) {
      return new Given(lines.getFirst(), new Credential(lines.getLast()));
    }
    if (lines.size() != 1) {
      throw new CliException(
          ExitCode.USAGE,
          "standard input must hold one key, or its id and its secret on two lines");
    }
    String line = lines.getFirst();
    int colon = line.indexOf(':');
    return colon < 0
        ? new Given(null, new Credential(line))
        : new Given(
            blankToNull(line.substring(0, colon)),
            new Credential(line.substring(colon + 1).strip()));
  }

  private String read() {
    try {
      return new String(terminal.in().readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.FAILURE, "standard input cannot be read: " + e.getMessage(), e);
    }
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
