package dev.keyway.app.yaml;

import java.util.List;

/**
 * A file the user wrote cannot be used; each line of the message is one mistake, such as {@code
 * profiles/acme.yaml:12: unknown field 'carrier'; did you mean 'carriers'?}, and holds no secret.
 */
public final class MistakesException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public MistakesException(List<String> lines) {
    super(String.join("\n", lines));
  }

  /** The message, one mistake a line. */
  public List<String> lines() {
    return String.valueOf(getMessage()).lines().toList();
  }
}
