package dev.keyway.bench.contest;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.server.Certificate;
import dev.keyway.bench.server.ServerProcess;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Contenders that run in fresh processes at the same time, in the order of a round. */
public final class Arena implements AutoCloseable {
  private final Map<Contender, Place> places = new LinkedHashMap<>();
  private final List<ServerProcess> running = new ArrayList<>();

  /** Opens an arena, anew for each set of fresh processes. */
  @FunctionalInterface
  public interface Maker {
    /**
     * Starts all contenders.
     *
     * @throws BenchException if one does not start
     */
    Arena open();
  }

  /** Has a server stopped when the arena is closed. */
  public ServerProcess add(ServerProcess server) {
    running.add(server);
    return server;
  }

  /**
   * Lets a contender in, once it has answered as it should.
   *
   * @throws BenchException if it does not
   */
  public void enter(Contender contender, Place place, Certificate certificate) {
    int status = place.ask(certificate).status();
    if (status != contender.status()) {
      throw new BenchException(
          "%s answered %d and not %d".formatted(contender.name(), status, contender.status()));
    }
    places.put(contender, place);
  }

  List<Contender> contenders() {
    return List.copyOf(places.keySet());
  }

  /** Where a contender answers. */
  public Place place(Contender contender) {
    Place place = places.get(contender);
    if (place == null) {
      throw new IllegalStateException(contender.name() + " is not running");
    }
    return place;
  }

  @Override
  public void close() {
    running.reversed().forEach(ServerProcess::close);
  }
}
