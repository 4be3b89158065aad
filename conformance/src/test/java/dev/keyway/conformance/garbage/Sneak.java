package dev.keyway.conformance.garbage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.keyway.conformance.harness.Bench;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.RawConnection;
import dev.keyway.conformance.harness.WireMessage;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * One attempt on one connection: what is said, an honest request after it, and everything that
 * comes back until the connection ends.
 *
 * <p>In the text {@code PATH} stands for a path that the upstream answers, {@code SNEAK} for one
 * that nothing may reach, {@code KEY} for a key that may, {@code HOST} for the right host.
 */
final class Sneak {

  /** Says 404 without a key; asks for the end of the connection. */
  private static final String LAST =
      "GET /nothing HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n";

  private final Bench bench;
  private final URI address;
  private final NewKey key;
  private final String path = Bench.unique("/t");
  private final String sneak = Bench.unique("/t");

  private Sneak(Bench bench, URI address, NewKey key) {
    this.bench = bench;
    this.address = address;
    this.key = key;
    bench.upstream().on(path, (_, wire) -> wire.respond(200, "text/plain", "ok"));
    bench.upstream().on(sneak, (_, wire) -> wire.respond(200, "text/plain", "sneaked in"));
  }

  /** An attempt at the gateway, with a key that may call the bench's product {@code echo}. */
  static Sneak atGateway(Bench bench, NewKey key) {
    return new Sneak(bench, bench.keyway().gateway(), key);
  }

  /** An attempt at the control listener. */
  static Sneak atControl(Bench bench, NewKey key) {
    return new Sneak(bench, bench.keyway().control(), key);
  }

  /** Says it all at once and reads to the end; interim answers are passed over. */
  List<WireMessage> say(String text) {
    String said =
        (text + LAST)
            .replace("PATH", "/echo" + path)
            .replace("SNEAK", "/echo" + sneak)
            .replace("KEY", key.secret())
            .replace("HOST", address.getAuthority());
    List<WireMessage> answers = new ArrayList<>();
    try (RawConnection connection = RawConnection.to(address)) {
      connection.write(said.getBytes(ISO_8859_1));
      while (true) {
        WireMessage answer = connection.answer();
        if (answer.status() >= 200) {
          answers.add(answer);
        }
      }
    } catch (UncheckedIOException e) {
      // The end of the connection, or its reset where something was left unread.
      return answers;
    }
  }

  /** How often the upstream saw the honest request. */
  int arrivals() {
    return bench.upstream().waiting(path);
  }

  /** How often it saw the other. */
  int sneakedIn() {
    return bench.upstream().waiting(sneak);
  }

  /** The honest request as it came to the upstream. */
  WireMessage arrived() {
    return bench.upstream().next(path);
  }
}
