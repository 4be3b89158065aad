package dev.keyway.app.command;

import static dev.keyway.store.Observation.good;
import static dev.keyway.store.Observation.problem;
import static dev.keyway.store.Observation.warning;

import dev.keyway.app.config.Config;
import dev.keyway.app.config.Listener;
import dev.keyway.app.config.UpstreamLoops;
import dev.keyway.app.profile.Profiles;
import dev.keyway.store.Observation;
import dev.keyway.store.Observation.Weight;
import dev.keyway.store.postgres.PostgresExamination;
import dev.keyway.store.postgres.PostgresSettings;
import dev.keyway.store.redis.RedisExamination;
import dev.keyway.store.redis.RedisSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keyway doctor}: looks at a deployment and says what is wrong with it. */
@Command(
    name = "doctor",
    description = {
      "Look at a deployment and say what is wrong, also while the server runs.",
      "",
      "Changes nothing. Exit code 1 when there is a problem, 0 also with warnings."
    })
public final class DoctorCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Surroundings surroundings;
  private final List<Observation> seen = new ArrayList<>();

  @Mixin private final Installation installation = new Installation();

  public DoctorCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Mistakes in the settings and the profiles end it: nothing can be said without them. */
  @Override
  public Integer call() {
    Profiles read = installation.readProfiles(surroundings.environment());
    Config config = installation.readConfig(read, surroundings.environment());
    seen.add(
        good("keyway.yaml and %d profiles are in order".formatted(read.products().all().size())));
    Profiles placed = read.withAddresses(config.upstreams());
    UpstreamLoops.of(config, placed.products()).forEach(loop -> seen.add(problem(loop)));
    config.warnings().forEach(text -> seen.add(warning(text)));
    Exposure.of(installation.data(), installation.configFile(), config)
        .forEach(text -> seen.add(warning(text)));
    if (Files.exists(installation.data().resolve("operator-key"))) {
      seen.add(
          warning("operator-key still lies in the data folder; move it to where you keep secrets"));
    }
    server(config.control());
    PostgresSettings postgres = config.postgres();
    if (postgres == null) {
      seen.add(good("the store is one SQLite file: one node, and no other can join it"));
    } else {
      seen.addAll(PostgresExamination.of(postgres));
      limits(config.limits().redis());
    }
    return report();
  }

  private void limits(@Nullable RedisSettings redis) {
    if (redis == null) {
      seen.add(good("limits of all nodes are counted in PostgreSQL; with redis they cost it less"));
    } else {
      seen.addAll(RedisExamination.of(redis));
    }
  }

  private void server(Listener control) {
    URI address = control.publicUrl(control.listen().port()).resolve("/health");
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      int status =
          client
              .send(
                  HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
                  BodyHandlers.ofString())
              .statusCode();
      seen.add(
          status == 200
              ? good("the server at %s is ready".formatted(address.resolve("/")))
              : problem("the server at %s is not ready (%d)".formatted(address, status)));
    } catch (IOException e) {
      seen.add(warning("no server answers at %s".formatted(address)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      seen.add(warning("interrupted"));
    }
  }

  private int report() {
    for (Observation one : seen) {
      surroundings.out().printf("%-8s %s%n", label(one.weight()), one.text());
    }
    long problems = count(Weight.PROBLEM);
    surroundings.out().printf("%d problems, %d warnings%n", problems, count(Weight.WARNING));
    surroundings.out().flush();
    return problems == 0 ? 0 : CommandTree.FAILURE;
  }

  private long count(Weight weight) {
    return seen.stream().filter(one -> one.weight() == weight).count();
  }

  private static String label(Weight weight) {
    return switch (weight) {
      case GOOD -> "ok";
      case WARNING -> "warning";
      case PROBLEM -> "PROBLEM";
    };
  }
}
