package dev.keyway.app.command;

import dev.keyway.app.yaml.MistakesException;
import dev.keyway.cli.CliException;
import dev.keyway.cli.credential.Credential;
import dev.keyway.core.Nearest;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line: its commands, and how they fail. Every failure is a line or a few on standard
 * error and an exit code, 2 for a wrong call and 1 for anything else; never a stack trace.
 */
public final class CommandTree {
  /** The exit code of a command that could not do its work. */
  public static final int FAILURE = 1;

  /** The exit code of a call that was not understood. */
  public static final int USAGE = 2;

  @Command(
      name = "keyway",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      synopsisSubcommandLabel = "COMMAND",
      description = "API keys for products: issue, show once, verify, limit, revoke exactly.",
      footer = {
        "",
        "In the project's folder, ./keyway also has:",
        "  test [--faults]  Run all tests; --faults adds the long runs.",
        "  bench [NAME]     Run the benchmarks; bench --help names them."
      })
  private static final class Root {}

  private CommandTree() {}

  /** The program's command line: commands that run a server, then those that call one. */
  public static CommandLine of(
      Surroundings surroundings, List<CommandLine> clients, Object... commands) {
    var tree = new CommandLine(new Root());
    for (Object command : commands) {
      tree.addSubcommand(command);
    }
    clients.forEach(client -> tree.addSubcommand(client.getCommandName(), client));
    tree.getSubcommands().values().forEach(CommandTree::addHelp);
    tree.addSubcommand(new CommandLine.HelpCommand());
    tree.setCaseInsensitiveEnumValuesAllowed(true);
    tree.setOut(surroundings.out());
    tree.setErr(surroundings.err());
    // Colours and the terminal's width would make help differ from place to place.
    tree.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    tree.setUsageHelpWidth(90);
    tree.setParameterExceptionHandler((e, _) -> misused(e));
    tree.setExecutionExceptionHandler((e, line, _) -> failed(e, line.getErr()));
    tree.setExecutionStrategy(CommandTree::run);
    return tree;
  }

  private static void addHelp(CommandLine command) {
    command.getSubcommands().values().forEach(CommandTree::addHelp);
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build());
  }

  private static int run(ParseResult parsed) {
    boolean nothingAsked =
        !parsed.hasSubcommand()
            && !parsed.isUsageHelpRequested()
            && !parsed.isVersionHelpRequested();
    if (nothingAsked) {
      CommandLine line = parsed.commandSpec().commandLine();
      line.usage(line.getErr());
      return USAGE;
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static int misused(ParameterException e) {
    CommandLine line = e.getCommandLine();
    String why = Credential.masked(explained(e));
    line.getErr().println("keyway: " + why + " (see " + name(line) + " --help)");
    line.getErr().flush();
    return USAGE;
  }

  private static String name(CommandLine line) {
    return line.getCommandSpec().qualifiedName();
  }

  private static String explained(ParameterException e) {
    CommandLine line = e.getCommandLine();
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String word = unmatched.getUnmatched().getFirst();
      if (word.startsWith("-")) {
        return "unknown option '" + word + "'" + likely(word, optionNames(line));
      }
      List<String> commands = List.copyOf(line.getSubcommands().keySet());
      return commands.isEmpty()
          ? "unexpected argument '" + word + "'"
          : "unknown command '" + word + "'" + likely(word, commands);
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return "missing " + missing.getMissing().getFirst().paramLabel();
    }
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("the call is wrong");
  }

  private static String likely(String word, List<String> known) {
    return Nearest.to(word, known).map(near -> "; did you mean '" + near + "'?").orElse("");
  }

  private static List<String> optionNames(CommandLine line) {
    var names = new ArrayList<String>();
    for (OptionSpec option : line.getCommandSpec().options()) {
      names.addAll(List.of(option.names()));
    }
    return names;
  }

  private static int failed(Exception e, PrintWriter err) {
    switch (e) {
      // Its lines begin with file and line, as editors and terminals know them.
      case MistakesException mistakes -> mistakes.lines().forEach(err::println);
      case CommandFailedException failure -> err.println("keyway: " + failure.getMessage());
      case CliException failure -> err.println("keyway: " + failure.getMessage());
      // What it says may quote what it was given, and that may be a key.
      default -> err.println("keyway: this is a bug: " + place(e));
    }
    err.flush();
    return e instanceof CliException failure ? failure.exitCode().number() : FAILURE;
  }

  private static String place(Exception e) {
    StackTraceElement[] trace = e.getStackTrace();
    return e.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
  }
}
