package dev.keyway.cli;

/** How a command ended, as scripts see it; the numbers are part of the interface. */
public enum ExitCode {
  OK(0, "The command did what it was asked."),
  FAILURE(1, "It did not, for a reason that has no number of its own."),
  USAGE(2, "The call was not understood, or the server called it invalid."),
  NOT_FOUND(3, "There is no such thing, or not for this key."),
  UNAUTHENTICATED(4, "There is no key, or the server does not accept it: keyway login."),
  FORBIDDEN(5, "The key may not do this, or the plan does not include it."),
  RATE_LIMITED(6, "Too many requests; the message says when to repeat."),
  UNAVAILABLE(
      7, "The server cannot be reached or cannot answer now; nothing is known against the key."),
  INVALID_KEY(8, "verify: the key is not valid; standard output says why."),
  INTERRUPTED(130, "Interrupted by Ctrl-C.");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  public int number() {
    return number;
  }

  /** One sentence for people. */
  public String meaning() {
    return meaning;
  }

  /** What an HTTP status of 400 and above means for a command. */
  public static ExitCode ofStatus(int status) {
    return switch (status) {
      case 400, 405, 412, 413, 415, 422 -> USAGE;
      case 401 -> UNAUTHENTICATED;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_FOUND;
      case 429 -> RATE_LIMITED;
      case 408, 425 -> UNAVAILABLE;
      default -> status >= 500 ? UNAVAILABLE : FAILURE;
    };
  }
}
