package dev.keyway.bench.contest;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.keyway.Stage;
import dev.keyway.bench.server.RawAnswer;
import dev.keyway.bench.server.ServerProcess;
import java.util.Arrays;

/** Bare handlers that repeat what others answer, each in a process of its own. */
public final class References {
  private final Stage stage;
  private final Arena arena;

  public References(Stage stage, Arena arena) {
    this.stage = stage;
    this.arena = arena;
  }

  /**
   * Lets in a bare handler that answers to the same requests, by the same bytes.
   *
   * @throws BenchException if the bytes differ
   */
  public void enter(Contender reference, Place model) {
    RawAnswer answer = model.ask(stage.certificate());
    int port = ServerProcess.freePort();
    String name = reference.name().replaceAll("[^a-z0-9]+", "-");
    ServerProcess server =
        arena.add(stage.servers().startReference(name, port, answer, stage.certificate()));
    var place =
        Place.of(
            server.pid(),
            stage.certificate().address(port, model.target().getPath()),
            model.form(),
            model.keys(),
            model.warmUpKeys());
    arena.enter(reference, place, stage.certificate());
    if (!Arrays.equals(place.ask(stage.certificate()).bytes(), answer.bytes())) {
      throw new BenchException("the answer of " + reference.name() + " differs from its model");
    }
  }
}
