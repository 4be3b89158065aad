package dev.keyway.bench.verify;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.server.JavaServers;
import dev.keyway.bench.server.Nginx;
import dev.keyway.bench.server.RawAnswer;
import dev.keyway.bench.server.ServerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** All contenders, running in fresh processes at the same time, beside the upstream. */
final class Arena implements AutoCloseable {
  private final Map<Contender, Place> places = new EnumMap<>(Contender.class);
  private final Map<Contender, ServerProcess> running = new EnumMap<>(Contender.class);
  private final ServerProcess origin;

  /** Where a contender answers. */
  record Place(long pid, URI target) {}

  /** What the contenders are started from. */
  record Parts(
      JavaServers servers,
      Nginx nginx,
      Path keywayJar,
      KeywayFolder folder,
      ServerProcess origin,
      int originPort,
      SeededKeys keys,
      KeyFiles files) {}

  /**
   * Starts all contenders and sees that each answers as it should.
   *
   * @throws BenchException if one does not
   */
  Arena(Parts parts) {
    this.origin = parts.origin;
    try {
      startKeyway(parts);
      startReference(Contender.REFERENCE_REFUSAL, parts);
      startReference(Contender.REFERENCE_ANSWER, parts);
      int port = ServerProcess.freePort();
      enter(
          Contender.NGINX_PROXY,
          parts.nginx.startProxy(port, parts.originPort, parts.files.map()),
          KeywayFolder.target(port));
      for (Contender contender : Contender.values()) {
        check(contender, parts.keys);
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  Place place(Contender contender) {
    Place place = places.get(contender);
    if (place == null) {
      throw new IllegalStateException(contender + " is not running");
    }
    return place;
  }

  long originPid() {
    return origin.pid();
  }

  @Override
  public void close() {
    running.values().forEach(ServerProcess::close);
  }

  private void startKeyway(Parts parts) {
    ServerProcess keyway = parts.folder.start(parts.servers, parts.keywayJar);
    enter(Contender.KEYWAY_REFUSAL, keyway, parts.folder.target());
    places.put(Contender.KEYWAY_ACCEPT, new Place(keyway.pid(), parts.folder.target()));
  }

  private void startReference(Contender reference, Parts parts) {
    Contender model = reference.repeats();
    if (model == null) {
      throw new IllegalArgumentException(reference + " repeats nobody");
    }
    RawAnswer answer = ask(model, parts.keys);
    int port = ServerProcess.freePort();
    String name = reference.text().replace(' ', '-');
    enter(reference, parts.servers.startReference(name, port, answer), KeywayFolder.target(port));
    if (!Arrays.equals(ask(reference, parts.keys).bytes(), answer.bytes())) {
      throw new BenchException("the " + reference.text() + " differs from the gateway's");
    }
  }

  private void enter(Contender contender, ServerProcess server, URI target) {
    running.put(contender, server);
    places.put(contender, new Place(server.pid(), target));
  }

  private void check(Contender contender, SeededKeys keys) {
    int status = ask(contender, keys).status();
    if (status != contender.status()) {
      throw new BenchException(
          "%s answered %d and not %d".formatted(contender.text(), status, contender.status()));
    }
  }

  private RawAnswer ask(Contender contender, SeededKeys keys) {
    var sort = contender.refuses() ? keys.revoked() : keys.valid();
    return RawAnswer.to(place(contender).target(), sort.getFirst().secret());
  }
}
