package dev.keyway.cli;

import java.util.Locale;

/** Asks before what cannot be taken back. */
public final class Consent {
  private Consent() {}

  /**
   * Returns when the person says yes.
   *
   * @throws CliException when they do not, or when nobody can be asked
   */
  public static void ask(Terminal terminal, String question) {
    Terminal.Person person = terminal.person();
    if (person == null) {
      throw new CliException(
          ExitCode.USAGE, question + " Nobody can be asked here: add --yes if that is meant");
    }
    String answer = person.line(question + " [y/N] ");
    String word = answer == null ? "" : answer.strip().toLowerCase(Locale.ROOT);
    if (!word.equals("y") && !word.equals("yes")) {
      throw new CliException(ExitCode.FAILURE, "nothing was changed");
    }
  }
}
