package dev.keyway.app;

import dev.keyway.app.assembly.KeywayProgram;
import dev.keyway.app.assembly.LocalOperatorKeys;
import dev.keyway.app.command.BackupCommand;
import dev.keyway.app.command.CommandTree;
import dev.keyway.app.command.DemoCommand;
import dev.keyway.app.command.DoctorCommand;
import dev.keyway.app.command.InitCommand;
import dev.keyway.app.command.LocalTrail;
import dev.keyway.app.command.MigrateStoreCommand;
import dev.keyway.app.command.OperatorKeyCommand;
import dev.keyway.app.command.RestoreCommand;
import dev.keyway.app.command.ServeCommand;
import dev.keyway.app.command.Surroundings;
import dev.keyway.app.rehearsal.RehearseCommand;
import dev.keyway.cli.Arguments;
import dev.keyway.cli.CliException;
import dev.keyway.cli.ClientCommands;
import dev.keyway.cli.SystemTerminal;
import dev.keyway.core.tenancy.Ids;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** The program: makes its commands and runs the one that was asked for. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    var surroundings =
        new Surroundings(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            System::getenv);
    var program = new KeywayProgram();
    var random = new SecureRandom();
    var trail = new LocalTrail(new Ids(random));
    var terminal = SystemTerminal.with(surroundings.out(), surroundings.err());
    try {
      Arguments.requireNoKey(arguments);
    } catch (CliException e) {
      terminal.say("keyway: " + e.getMessage());
      System.exit(e.exitCode().number());
    }
    System.exit(
        CommandTree.of(
                surroundings,
                ClientCommands.of(terminal),
                new ServeCommand(surroundings, program),
                new DemoCommand(surroundings, program),
                new InitCommand(surroundings),
                new BackupCommand(surroundings),
                new RestoreCommand(surroundings, trail),
                new MigrateStoreCommand(surroundings, trail),
                new DoctorCommand(surroundings),
                new OperatorKeyCommand(surroundings, new LocalOperatorKeys(random, trail)),
                new RehearseCommand())
            .execute(arguments));
  }
}
