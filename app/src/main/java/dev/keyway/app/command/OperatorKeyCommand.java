package dev.keyway.app.command;

import dev.keyway.app.config.Config;
import dev.keyway.app.config.StorePlace;
import dev.keyway.app.profile.Profiles;
import dev.keyway.app.yaml.YamlFile;
import dev.keyway.core.RefusedException;
import dev.keyway.core.operator.CreateOperatorKey;
import dev.keyway.core.operator.NewOperatorKey;
import dev.keyway.core.operator.OperatorKey;
import dev.keyway.core.operator.OperatorKeyId;
import dev.keyway.core.operator.Right;
import dev.keyway.store.sqlite.SqliteDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code keyway operator-key}: operator keys without an operator key, for whoever has lost the last
 * one. Over SQLite a running server would not hear of the change, so it has to be stopped. Over
 * PostgreSQL nodes read each other's changes, and this one like any other; only a node that runs on
 * the same data folder has to be stopped.
 */
@Command(
    name = "operator-key",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Create, list or revoke operator keys without an operator key.",
      "",
      "A server on the same data folder has to be stopped first. Over PostgreSQL the nodes with other"
          + " data folders may run on: they take a new key at once, and refuse a revoked one within"
          + " a second as a rule, and at the latest when their lease is over (store.lease).",
      "",
      "With a server running, /v1/operator-keys does the same for the holder of another one."
    })
public final class OperatorKeyCommand {
  private static final String ADVICE =
      "stop it first, or call /v1/operator-keys with another operator key";

  private final Surroundings surroundings;
  private final OperatorKeys keys;

  public OperatorKeyCommand(Surroundings surroundings, OperatorKeys keys) {
    this.surroundings = surroundings;
    this.keys = keys;
  }

  @Command(
      name = "create",
      description = {
        "Create an operator key and print it, once.",
        "",
        "Standard output holds the key and nothing else: keyway operator-key create ci > file"
      })
  int create(
      @Parameters(paramLabel = "NAME", description = "What it is called in lists.") String name,
      @Option(
              names = "--rights",
              paramLabel = "RIGHT",
              split = ",",
              defaultValue = "verify,read,manage",
              description = "What it may do (default: ${DEFAULT-VALUE}).")
          List<Right> rights,
      @Option(
              names = "--products",
              paramLabel = "PRODUCT",
              split = ",",
              description = "The products it is for (default: all).")
          @Nullable List<String> products,
      @Mixin Installation installation) {
    Profiles read = installation.readProfiles(surroundings.environment());
    Config settings = installation.readConfig(read, surroundings.environment());
    var command =
        new CreateOperatorKey.Command(
            name,
            new LinkedHashSet<>(rights),
            products == null ? Set.of() : new LinkedHashSet<>(products));
    NewOperatorKey created =
        alone(
            new StorePlace(installation.data(), settings.postgres()),
            place ->
                keys.create(new Start(place.data(), settings, read, surroundings.out()), command));
    surroundings.err().printf("keyway: created %s; it is shown this once%n", line(created.key()));
    surroundings.err().flush();
    surroundings.out().println(created.secret().reveal());
    surroundings.out().flush();
    return 0;
  }

  @Command(name = "list", description = "List the operator keys, newest first.")
  int list(@Mixin StoreOptions store) {
    List<OperatorKey> all = alone(store.place(surroundings.environment()), keys::list);
    all.forEach(key -> surroundings.out().println(line(key)));
    surroundings.out().flush();
    return 0;
  }

  @Command(name = "revoke", description = "Revoke an operator key.")
  int revoke(
      @Parameters(paramLabel = "ID", description = "Its id, as list shows it.") String id,
      @Mixin StoreOptions store) {
    StorePlace place = store.place(surroundings.environment());
    alone(
        place,
        used -> {
          keys.revoke(used, new OperatorKeyId(id));
          return id;
        });
    surroundings.out().println("Revoked " + id);
    surroundings.out().flush();
    if (place.postgres() != null) {
      surroundings
          .err()
          .println(
              "keyway: nodes that run refuse it within a second as a rule, and at the latest when"
                  + " their lease is over (store.lease)");
      surroundings.err().flush();
    }
    return 0;
  }

  /** Does the work on a store that exists and that no server of this data folder uses. */
  private static <T> T alone(StorePlace place, Function<StorePlace, T> work) {
    Path data = place.data();
    if (place.postgres() == null && !Files.exists(data.resolve(SqliteDatabase.FILE_NAME))) {
      throw new CommandFailedException(
          "there is no store in %s; 'keyway serve' makes one".formatted(YamlFile.shown(data)));
    }
    try (var folder = DataFolder.open(data, ADVICE)) {
      return explained(() -> work.apply(new StorePlace(folder.path(), place.postgres())));
    }
  }

  private static <T> T explained(Supplier<T> work) {
    try {
      return work.get();
    } catch (RefusedException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private static String line(OperatorKey key) {
    String products =
        key.products().isEmpty()
            ? "all products"
            : key.products().stream().sorted().collect(Collectors.joining(","));
    return "%s  %s  %s  %s  created %s%s"
        .formatted(
            key.id(),
            key.name(),
            key.rights().stream().sorted().map(Right::text).collect(Collectors.joining(",")),
            products,
            key.createdAt(),
            key.revokedAt() == null ? "" : "  revoked " + key.revokedAt());
  }
}
