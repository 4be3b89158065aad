package dev.keyway.cli;

import java.io.Console;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** The terminal that the process was started in. */
public final class SystemTerminal {
  private SystemTerminal() {}

  /** The terminal with these writers. */
  // Where nobody sits, JDK 25 answers null again.
  @SuppressWarnings("SystemConsoleNull")
  public static Terminal with(PrintWriter out, PrintWriter err) {
    Console console = System.console();
    Terminal.Person person =
        console != null && console.isTerminal() ? new AtConsole(console) : null;
    return new Terminal(out, err, System.in, System::getenv, person);
  }

  private record AtConsole(Console console) implements Terminal.Person {
    @Override
    public @Nullable String line(String prompt) {
      return console.readLine("%s", prompt);
    }

    @Override
    public @Nullable String secret(String prompt) {
      char[] typed = console.readPassword("%s", prompt);
      return typed == null ? null : new String(typed);
    }
  }
}
