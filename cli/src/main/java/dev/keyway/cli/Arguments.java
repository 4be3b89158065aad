package dev.keyway.cli;

import dev.keyway.cli.credential.Credential;

/** What a command was called with, looked at before anything is done with it or said about it. */
public final class Arguments {
  private Arguments() {}

  /**
   * Refuses a call that has a whole key in its arguments.
   *
   * @throws CliException that names the key by its id
   */
  public static void requireNoKey(String... arguments) {
    for (String argument : arguments) {
      if (Credential.isWithin(argument)) {
        throw new CliException(
            ExitCode.USAGE,
            "there is a whole key in the arguments, which other users of this machine and the"
                + " shell's history can now read; its id is %s, and it may have to be revoked. Keys"
                    .formatted(Credential.idIn(argument))
                + " are asked for, or read from standard input");
      }
    }
  }
}
