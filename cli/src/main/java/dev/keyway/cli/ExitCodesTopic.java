package dev.keyway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code keyway exit-codes}: what scripts may rely on. */
@Command(
    name = "exit-codes",
    description = "List the exit codes of the commands that call a server.")
final class ExitCodesTopic implements Callable<Integer> {
  private final Terminal terminal;

  ExitCodesTopic(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    for (ExitCode code : ExitCode.values()) {
      terminal.print("%4d  %s".formatted(code.number(), code.meaning()));
    }
    return 0;
  }
}
