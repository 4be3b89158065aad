package dev.keyway.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code keyway completion}: what a shell needs to complete commands and options. */
@Command(
    name = "completion",
    description = {
      "Print a completion script for bash and zsh.",
      "",
      "  bash:  eval \"$(keyway completion)\"",
      "  zsh:   autoload -U bashcompinit && bashcompinit && eval \"$(keyway completion)\""
    })
final class CompletionCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private @Nullable CommandSpec spec;

  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    CommandLine root = Objects.requireNonNull(spec).root().commandLine();
    terminal.print(AutoComplete.bash("keyway", root));
    return 0;
  }
}
