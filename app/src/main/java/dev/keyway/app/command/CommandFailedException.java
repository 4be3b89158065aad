package dev.keyway.app.command;

/** A command cannot do what it was asked; the message is the one line its user reads. */
public final class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public CommandFailedException(String message) {
    super(message);
  }

  public CommandFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
