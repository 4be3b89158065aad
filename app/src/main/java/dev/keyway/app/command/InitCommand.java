package dev.keyway.app.command;

import dev.keyway.app.profile.NewProfile;
import dev.keyway.app.profile.Profiles;
import dev.keyway.app.yaml.MistakesException;
import dev.keyway.app.yaml.YamlFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keyway init}: writes a profile to start from and checks that it reads. */
@Command(
    name = "init",
    description = {
      "Write a commented profile to start from.",
      "",
      "mecha, meko, memo and memorylake are written as they come with the program."
    })
public final class InitCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "NAME", description = "Name of the product.")
  private String name = "";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "keyway-data",
      description = "Data folder that serve will use (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("");

  @Option(
      names = "--profiles",
      paramLabel = "DIR",
      description = "Folder to write to (default: profiles in the data folder).")
  private @Nullable Path profiles;

  public InitCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    NewProfile profile =
        NewProfile.named(name)
            .orElseThrow(() ->
                new CommandFailedException(
                    "'%s' makes no product name; it needs a letter first".formatted(name)));
    Path folder = profiles == null ? data.resolve("profiles") : profiles;
    Path file = folder.resolve(profile.slug() + ".yaml");
    write(file, profile.text());
    check(folder, file);
    say(profile, file);
    return 0;
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.resolveSibling(""), DataFolder.ownerOnly());
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailedException(
          "%s exists already and is left as it is".formatted(YamlFile.shown(file)), e);
    } catch (IOException e) {
      throw new CommandFailedException(
          "%s cannot be written: %s".formatted(YamlFile.shown(file), e), e);
    }
  }

  /** The new profile is right by itself; it may still not fit beside the others. */
  private void check(Path folder, Path file) {
    try {
      Profiles.read(folder, surroundings.environment());
    } catch (MistakesException e) {
      surroundings.out().println("Wrote " + YamlFile.shown(file) + ", but serve would refuse:");
      surroundings.out().flush();
      throw e;
    }
  }

  private void say(NewProfile profile, Path file) {
    surroundings
        .out()
        .print(
            """
            Wrote %s: product %s%s, keys begin with %s

            Next:
              1. Read through it; each field says what it does.
              2. Say where its upstream is: url there, or upstreams in keyway.yaml (docs/config.md).
              3. ./keyway serve%s
            """
                .formatted(
                    YamlFile.shown(file),
                    profile.slug(),
                    changedName(profile),
                    profile.prefix(),
                    options()));
    surroundings.out().flush();
  }

  private String changedName(NewProfile profile) {
    return profile.slug().equals(name)
        ? ""
        : " (made of '%s': lower case, digits and hyphens)".formatted(name);
  }

  private String options() {
    String folder = profiles == null ? "" : " --profiles " + profiles;
    return data.equals(Path.of("keyway-data")) ? folder : " --data " + data + folder;
  }
}
